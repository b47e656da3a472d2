import type { MimeBundle } from "./displayBundle";
import { inspectAt } from "./inspection";
import type { Converter } from "./tslab";

const QUESTION = /^\s*([\w$.]+)\?\s*$/;

/** What a cell that asks `name?` is shown: the type and the documentation of that name. Undefined for other cells. */
export function helpFor(converter: Converter, declarations: string, code: string): MimeBundle | undefined {
  const name = QUESTION.exec(code)?.[1];
  if (name === undefined) return undefined;
  const { found, data } = inspectAt(converter, declarations, { code: name, cursor_pos: name.length });
  return found ? data : { "text/plain": `Nothing is known of ${name}` };
}
