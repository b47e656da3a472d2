import type { ProgressStream } from "../runner/progress";

/** Lines that stay, above lines that are written over. */
export interface LiveLines {
  /** Writes a line that stays. */
  log(line: string): void;
  /** Shows lines in place of those before; nothing where there is no terminal. */
  show(lines: string[]): void;
}

/** Lines on a stream: on a terminal with a living block at the end, else in plain lines. Lines are cut at its width. */
export function liveLines(stream: ProgressStream): LiveLines {
  if (!stream.isTTY) return { log: (line) => void stream.write(`${line}\n`), show: () => {} };
  let block: string[] = [];
  const draw = (line: string | undefined, next: string[]) => {
    const width = (stream.columns ?? 80) - 1;
    const up = block.length > 0 ? `\u001b[${block.length}A` : "";
    const above = line === undefined ? "" : `${line}\n`;
    block = next.map((text) => text.slice(0, width));
    stream.write(`${up}\r\u001b[J${above}${block.map((text) => `${text}\n`).join("")}`);
  };
  return { log: (line) => draw(line, block), show: (lines) => draw(undefined, lines) };
}
