import { duration } from "../text";
import { newCellEcho } from "./cellEcho";
import { coloursOnly, lastLine, withoutColours } from "./streamText";
import type { Message } from "./wire";

/** Where a run tells how it goes: lines that stay, and on a terminal one last line that is written over. */
export interface ProgressSink {
  /** Writes a line that stays. */
  log: (line: string) => void;
  /** Shows a line in place of the one before; left out where there is no terminal. */
  status?: (text: string) => void;
}

/** A stream to write progress to, as `process.stdout` is. */
export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Progress on a stream: on a terminal with colours and a living last line, else in plain lines. */
export function streamProgress(stream: ProgressStream): ProgressSink {
  if (!stream.isTTY) return { log: (line) => void stream.write(withoutColours(line) + "\n") };
  const show = (text: string) => stream.write(`\r\u001b[K${text}`);
  return {
    log: (line) => void show(coloursOnly(line) + "\n"),
    status: (text) => void show(text.slice(0, (stream.columns ?? 80) - 1)),
  };
}

/** What a run tells of one cell while it runs. */
export interface CellProgress {
  onMessage(message: Message): void;
  /** To be called once, with how the cell ended where that is worth a word. */
  finish(outcome?: string): void;
}

/**
 * Follows one cell: its title and its time in one line; where it prints, the title, what it prints, and then the time.
 * On a terminal the last line lives, elsewhere a line every ten seconds says that it still does. `text` is what the cell
 * showed last.
 */
export function followCell(sink: ProgressSink, title: string, text: () => string): CellProgress {
  const start = performance.now();
  let headed = false;
  let printed = "";
  const under = (line: string) => {
    if (!headed) sink.log(title);
    headed = true;
    printed = lastLine(line);
    sink.log(INDENT + line);
  };
  const echo = newCellEcho(under);
  const clock = (...words: string[]) => [...words, `… ${duration(performance.now() - start)}`].filter(Boolean);
  const tick = () => {
    const now = lastLine(text());
    const words = [...clock(sink.status && !headed ? title : ""), now === printed ? "" : now]
      .filter(Boolean)
      .join("  ");
    if (sink.status) sink.status(headed ? INDENT + words : words);
    else under(words);
  };
  if (sink.status) tick();
  const timer = setInterval(tick, sink.status ? STATUS_INTERVAL : HEARTBEAT_INTERVAL);
  return {
    onMessage: echo.onMessage,
    finish(outcome = "") {
      clearInterval(timer);
      echo.end();
      sink.log(headed ? INDENT + clock(outcome).join("  ") : clock(title, outcome).join("  "));
    },
  };
}

const INDENT = " ".repeat(8); // below the title, beside "[ 9/40] "
const STATUS_INTERVAL = 200; // milliseconds between two looks of a terminal's line
const HEARTBEAT_INTERVAL = 10_000; // milliseconds between two lines where lines stay
