import { createHash } from "crypto";

/**
 * A digest of a short answer, for `checkChoice`: the check cell then holds the digest and not the answer. Letter case
 * and outer spaces do not count. The digest hides an answer from the eye, not from somebody who tries all choices.
 *
 * @param answer - a text, a number or a truth value
 * @param salt - any text without a colon, best the name of the exercise, so that equal answers have other digests
 * @returns the salt, a colon and 16 hexadecimal digits of SHA-256
 * @throws RangeError when the salt is empty or has a colon
 */
export function answerDigest(answer: string | number | boolean, salt: string): string {
  if (salt === "" || salt.includes(":"))
    throw new RangeError(
      `answerDigest(): the salt is "${salt}"; give a text without a colon, such as the exercise's name`,
    );
  const digest = createHash("sha256")
    .update(`${salt}:${String(answer).trim().toLowerCase()}`)
    .digest("hex");
  return `${salt}:${digest.slice(0, 16)}`;
}
