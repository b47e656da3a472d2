import type { Id } from "./dataset";

/** Ids as bytes: lines of JSON lists, none so long that it could not become a string again. */
export function encodeIds(ids: readonly Id[]): Uint8Array {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < ids.length; start += IDS_A_LINE)
    lines.push(new TextEncoder().encode(JSON.stringify(ids.slice(start, start + IDS_A_LINE)) + "\n"));
  const bytes = new Uint8Array(lines.reduce((total, line) => total + line.length, 0));
  let place = 0;
  for (const line of lines) {
    bytes.set(line, place);
    place += line.length;
  }
  return bytes;
}

/** The ids again, in their order. */
export function decodeIds(bytes: Uint8Array): Id[] {
  const ids: Id[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(NEWLINE, start);
    for (const id of JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as Id[]) ids.push(id);
    start = end + 1;
  }
  return ids;
}

const IDS_A_LINE = 10_000;
const NEWLINE = 10;
