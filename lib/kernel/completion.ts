import { toCharacters, toUnits } from "./textPosition";
import type { Completions, Converter } from "./tslab";

/** Answers a `complete_request`: the names that fit at the cursor, each with what it is. */
export function complete(converter: Converter, declarations: string, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const cursor = Number(content.cursor_pos ?? Infinity);
  const found = converter.complete(declarations, code, toUnits(code, cursor));
  const [start, end] = [toCharacters(code, found.start), toCharacters(code, found.end)];
  return {
    status: "ok",
    matches: found.candidates,
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: typed(found).map((match) => ({ ...match, start, end })) },
  };
}

function typed({ candidates, original }: Completions): { text: string; type: string }[] {
  const kinds = new Map((original?.entries ?? []).map(({ name, kind }) => [name, kind as string]));
  return candidates.map((text) => ({ text, type: shownKind(kinds.get(text) ?? "") }));
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
