import type { CompletionEntry } from "typescript";
import type { Converter } from "./compiler/converter";
import { toCharacters, toUnits } from "./textPosition";

/** Answers a `complete_request`: the names that fit at the cursor, each with what it is. */
export function complete(converter: Converter, content: Record<string, unknown>) {
  const code = String(content.code ?? "");
  const cursor = toUnits(code, Number(content.cursor_pos ?? Infinity));
  const { start: first, end: last, entries } = converter.complete(code, cursor);
  const fitting = fittingTo(code.slice(first, cursor), entries);
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

/** Those that contain what is written, at their beginning first; otherwise in TypeScript's order. */
function fittingTo(written: string, entries: CompletionEntry[]): CompletionEntry[] {
  const lower = written.toLowerCase();
  const rank = ({ name }: CompletionEntry) => {
    if (name.startsWith(written)) return 0;
    const place = name.toLowerCase().indexOf(lower);
    return place < 0 ? undefined : Math.min(place, 1) + 1;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((one): one is { entry: CompletionEntry; rank: number } => one.rank !== undefined)
    .sort(
      (a, b) => a.rank - b.rank || compare(a.entry.sortText, b.entry.sortText) || compare(a.entry.name, b.entry.name),
    )
    .map(({ entry }) => entry);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b);
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
