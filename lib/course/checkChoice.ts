import { answerDigest } from "./answerDigest";
import { checkedPoints, tellEarned } from "./earned";

/** Options of `checkChoice`. */
export interface ChoiceCheck {
  /** What the right answer earns; default 1. */
  points?: number;
  /** The answers there are to choose from; another one is refused with this list. */
  choices?: (string | number)[];
}

/**
 * Checks an answer that is one of several, or a short word, against a digest, so that the notebook does not hold the
 * answer in clear. Prints whether it is right and returns the points: all or none.
 *
 * @param answer - what the student's variable holds; an empty text counts as no answer
 * @param digest - `answerDigest(rightAnswer, salt)`
 * @returns `points` or 0; make it the last value of the check cell
 * @throws RangeError when the digest is not one of `answerDigest`, or `points` is not positive
 */
export function checkChoice(answer: unknown, digest: string, options: ChoiceCheck = {}): number {
  const points = checkedPoints(options.points ?? 1, "checkChoice");
  const [, salt] = /^([^:]+):[0-9a-f]{16}$/.exec(digest) ?? [];
  if (salt === undefined)
    throw new RangeError(`checkChoice(): the digest is "${digest}"; give what answerDigest(rightAnswer, salt) returns`);
  const why = whatIsWrong(answer, { digest, salt, choices: options.choices });
  return tellEarned({ earned: why === undefined ? points : 0, points, why: why ?? "right" });
}

interface Wanted {
  digest: string;
  salt: string;
  choices?: (string | number)[];
}

function whatIsWrong(answer: unknown, { digest, salt, choices }: Wanted): string | undefined {
  if (answer === undefined || answer === null || answer === "" || Number.isNaN(answer)) return "there is no answer yet";
  if (typeof answer !== "string" && typeof answer !== "number" && typeof answer !== "boolean")
    return "the answer is neither a text nor a number";
  const plain = String(answer).trim().toLowerCase();
  const known = choices?.map((choice) => String(choice).trim().toLowerCase());
  if (known && !known.includes(plain)) return `the answer is not one of the choices ${choices!.join(", ")}`;
  return answerDigest(answer, salt) === digest ? undefined : "this is not the right answer";
}
