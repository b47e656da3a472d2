import type { Breakpoint } from "./breakpoints";
import type { Evaluator } from "./evaluator";
import type { Pause } from "./pauses";

/**
 * Gives the function that decides whether a breakpoint that was reached is one to stop at: its condition holds, it was reached
 * often enough, and it is not there to print a message. A condition that fails stops, so that its author sees why.
 */
export function newWantedHits(evaluator: Evaluator, print: (text: string) => Promise<void>) {
  return async (breakpoint: Breakpoint, { frames: [frame] }: Pause): Promise<boolean> => {
    const { condition, hitCondition, logMessage } = breakpoint;
    const evaluate = async (code: string) => (await evaluator.describe(code, frame)).value;
    const holds = async (code: string) =>
      evaluate(`Boolean(${code}\n)`).catch(async (error: Error) => {
        await print(`The condition of the breakpoint in line ${breakpoint.line} fails: ${error.message}`);
        return "true";
      });
    if (condition && (await holds(condition)) !== "true") return false;
    if (hitCondition && !isReached(++breakpoint.hits, hitCondition)) return false;
    if (!logMessage) return true;
    await print(await filled(logMessage, evaluate));
    return false;
  };
}

const COMPARISONS: Record<string, (hits: number, number: number) => boolean> = {
  "": (hits, number) => hits === number,
  "=": (hits, number) => hits === number,
  "==": (hits, number) => hits === number,
  ">": (hits, number) => hits > number,
  ">=": (hits, number) => hits >= number,
  "<": (hits, number) => hits < number,
  "<=": (hits, number) => hits <= number,
  "%": (hits, number) => hits % number === 0,
};

/** Whether so many hits meet a condition such as `5`, `>= 5` or `% 5`. One that cannot be read is met. */
function isReached(hits: number, condition: string): boolean {
  const [, sign, digits] = /^\s*(=|==|>=?|<=?|%)?\s*(\d+)\s*$/.exec(condition) ?? [];
  return digits === undefined || COMPARISONS[sign ?? ""](hits, Number(digits));
}

/** A message with the values of the expressions in its braces. */
async function filled(message: string, evaluate: (code: string) => Promise<string>): Promise<string> {
  const parts = message.split(/\{([^{}]*)\}/);
  const texts = parts.map((part, i) => (i % 2 === 0 ? part : evaluate(part).catch((error: Error) => `{${part}: ${error.message}}`))); // prettier-ignore
  return (await Promise.all(texts)).join("");
}
