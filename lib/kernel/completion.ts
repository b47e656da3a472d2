import type { Converter } from "./compiler/converter";
import { fittingEntries } from "./fittingEntries";
import { toCharacters, toUnits } from "./textPosition";

/** Answers a `complete_request`: the names that fit at the cursor, each with what it is. */
export function complete(converter: Converter, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const cursor = toUnits(code, Number(content.cursor_pos ?? Infinity));
  const { start: first, end: last, entries } = converter.complete(code, cursor);
  const fitting = fittingEntries(code.slice(first, cursor), entries);
  const [start, end] = [toCharacters(code, first), toCharacters(code, last)];
  return {
    status: "ok",
    matches: fitting.map(({ name }) => name),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: fitting.map(({ name, kind }) => ({ text: name, type: shownKind(kind), start, end })),
    },
  };
}

/** TypeScript's kinds in the words for which front ends have icons. */
const KINDS: Record<string, string> = {
  "local var": "instance",
  "local function": "function",
  "local class": "class",
  alias: "module",
  call: "method",
  const: "constant",
  construct: "method",
  constructor: "method",
  "enum member": "enumMember",
  getter: "property",
  index: "property",
  let: "instance",
  "primitive type": "type",
  parameter: "instance",
  setter: "property",
  string: "text",
  "type parameter": "type",
  var: "instance",
};

function shownKind(kind: string): string {
  return KINDS[kind] ?? kind;
}
