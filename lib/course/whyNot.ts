import { inspect } from "util";
import { printedToOutput } from "./printedToOutput";

/** Whether something is so, at once or later. */
export type Condition = () => boolean | Promise<boolean>;

/**
 * Undefined where a condition holds; else what there is to say beyond that: nothing, or what it threw, in brackets.
 *
 * @internal
 */
export async function whyNot(condition: Condition): Promise<string | undefined> {
  try {
    const holds: unknown = await printedToOutput(async () => condition());
    return holds === true ? undefined : "";
  } catch (error) {
    return ` (${thrownText(error)})`;
  }
}

/**
 * An error in one line.
 *
 * @internal
 */
export function thrownText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${inspect(error)}`;
  return text.split("\n")[0];
}
