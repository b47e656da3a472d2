import type { MimeBundle } from "./displayBundle";
import { inspectAt } from "./inspection";
import type { Converter } from "./compiler/converter";

const QUESTION = /^\s*(?:([\w$.]+)\?{1,2}|\?{1,2}([\w$.]+))\s*$/;

/** Whether a cell is `name?` or `?name`. */
export function isQuestion(code: string): boolean {
  return QUESTION.test(code);
}

/** What a cell that asks `name?` or `?name` is shown: the type and the documentation of that name. Undefined for other cells. */
export function helpFor(converter: Converter, code: string): MimeBundle | undefined {
  const [, behind, before] = QUESTION.exec(code) ?? [];
  const name = behind ?? before;
  if (name === undefined) return undefined;
  const { found, data } = inspectAt(converter, { code: name, cursor_pos: name.length });
  return found ? data : { "text/plain": `Nothing is known of ${name}` };
}
