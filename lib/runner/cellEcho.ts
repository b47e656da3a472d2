import { isRecord } from "./notebook";
import { overwritten } from "./streamText";
import type { Message } from "./wire";

/** Follows what a cell prints and shows, for somebody who watches in a terminal. */
export interface CellEcho {
  onMessage(message: Message): void;
  /** Writes a last line that has no end, and how many lines were kept back. */
  end(): void;
}

/**
 * Turns the kernel's messages about one cell into lines of text as they become complete: printed lines as a terminal
 * leaves them, with carriage returns applied, and the plain form of results and of displays, save those that change.
 *
 * @param write - told each line
 * @param options - `most`: lines of the whole cell that are written, default 200; `mostOfDisplay`: of one display, 16;
 *   `longest`: characters of a line, 500
 */
export function newCellEcho(
  write: (line: string) => void,
  { most = 200, mostOfDisplay = 16, longest = 500 } = {},
): CellEcho {
  const open = new Map<string, string>(); // the unfinished line of each stream
  let count = 0;
  const printLines = (lines: string[]) => {
    lines.slice(0, Math.max(0, most - count)).forEach((line) => write(cut(line, longest)));
    count += lines.length;
  };
  const print = (name: string, text: string) => {
    const lines = overwritten((open.get(name) ?? "") + text).split("\n");
    open.set(name, lines.pop() ?? "");
    printLines(lines);
  };
  const flush = () => {
    for (const [name, line] of open) if (line.trim() !== "") print(name, "\n");
  };
  const show = (plain: string) => {
    flush();
    const lines = plain.trimEnd().split("\n");
    printLines(lines.slice(0, mostOfDisplay));
    if (lines.length > mostOfDisplay) printLines([`… ${lines.length - mostOfDisplay} more lines`]);
  };
  return {
    onMessage({ header, content }) {
      if (header.msg_type === "stream") return print(String(content.name), String(content.text));
      if (header.msg_type !== "display_data" && header.msg_type !== "execute_result") return;
      const plain = isRecord(content.data) ? content.data["text/plain"] : undefined;
      const changes = isRecord(content.transient) && content.transient.display_id !== undefined;
      if (typeof plain === "string" && plain !== "" && !changes) show(plain);
    },
    end() {
      flush();
      if (count > most) write(`… ${count - most} more lines, which are in the notebook`);
    },
  };
}

function cut(line: string, longest: number): string {
  return line.length > longest ? `${line.slice(0, longest)} …` : line;
}
