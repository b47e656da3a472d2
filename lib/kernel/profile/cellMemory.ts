import type { MimeBundle } from "../displayBundle";
import { asks, type CellReport } from "./cellReport";

/** What is in memory, by its kinds: bytes, and counts of tensors. */
interface Memory {
  process: number;
  heap: number;
  buffers: number;
  tensors?: number;
  tensorBytes?: number;
}

const ROWS: [key: keyof Memory, name: string, isCount?: boolean][] = [
  ["process", "the whole process"],
  ["heap", "objects (V8's heap)"],
  ["buffers", "typed arrays and buffers"],
  ["tensors", "tensors", true],
  ["tensorBytes", "values of tensors"],
];

/** Tells what a cell has left in memory, with the tensors of TensorFlow.js, where it asks by the comment `// @memory`. */
export function newCellMemory(): CellReport {
  const open = new Map<number, { before: Memory; after?: Memory }>();
  return {
    begin: (id, source) => {
      if (asks(source, "memory")) open.set(id, { before: memoryNow() });
    },
    end: (id) => {
      const one = open.get(id);
      if (one) one.after ??= memoryNow();
    },
    take: (id) => {
      const one = open.get(id);
      open.delete(id);
      return one && shown(one.before, one.after ?? memoryNow());
    },
  };
}

interface TensorEngine {
  /** `memory()` would ask a backend, and throws where there is none yet. */
  state?: { numTensors: number; numBytes: number };
}

function memoryNow(): Memory {
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const engine = (globalThis as { _tfengine?: TensorEngine })._tfengine;
  const { numTensors, numBytes } = engine?.state ?? {};
  return { process: rss, heap: heapUsed, buffers: arrayBuffers, tensors: numTensors, tensorBytes: numBytes };
}

function shown(before: Memory, after: Memory): MimeBundle {
  const rows = ROWS.filter(([key]) => after[key] !== undefined).map(([key, name, isCount]) => {
    const [from, to] = [before[key] ?? 0, after[key] ?? 0];
    const text = isCount ? (value: number) => value.toLocaleString("en-US") : megabytes;
    const sign = to > from ? "+" : to < from ? "−" : "";
    return [name, text(from), text(to), `${sign}${text(Math.abs(to - from))}`];
  });
  const table = [["in memory", "before", "after", "change"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row: string[]) =>
    row.map((text, at) => (at === 0 ? text.padEnd(widths[0]) : text.padStart(widths[at] + 2))).join("");
  const cells = (row: string[], tag: string) =>
    row.map((text, at) => `<${tag} style="text-align:${at === 0 ? "left" : "right"}">${text}</${tag}>`).join("");
  const [head, ...body] = table;
  return {
    "text/plain": table.map(line).join("\n"),
    "text/html": `<table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${body
      .map((row) => `<tr>${cells(row, "td")}</tr>`)
      .join("")}</tbody></table>`,
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
