import { duration } from "../text";
import { lastLine } from "./streamText";

/** Where a run tells how it goes: lines that stay, and on a terminal one last line that is written over. */
export interface ProgressSink {
  log(line: string): void;
  /** Shows a line in place of the one before; left out where there is no terminal. */
  status?(text: string): void;
}

/** A stream to write progress to, as `process.stdout` is. */
export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Progress on a stream: on a terminal with a living last line, else in plain lines. */
export function streamProgress(stream: ProgressStream): ProgressSink {
  if (!stream.isTTY) return { log: (line) => void stream.write(line + "\n") };
  const show = (text: string) => stream.write(`\r\u001b[K${text}`);
  return {
    log: (line) => void show(line + "\n"),
    status: (text) => void show(text.slice(0, (stream.columns ?? 80) - 1)),
  };
}

/** Follows one cell, of which `text` is what it showed last. Returns a function to call once, with how it ended. */
export function followCell(sink: ProgressSink, title: string, text: () => string): (outcome?: string) => void {
  const start = Date.now();
  const tick = () => {
    const words = [title, `… ${duration(Date.now() - start)}`, lastLine(text())].filter(Boolean);
    if (sink.status) sink.status(words.join("  "));
    else sink.log(["       ", ...words.slice(1)].join("  "));
  };
  if (sink.status) tick();
  const timer = setInterval(tick, sink.status ? STATUS_INTERVAL : HEARTBEAT_INTERVAL);
  return (outcome = "") => {
    clearInterval(timer);
    sink.log([title, outcome, `… ${duration(Date.now() - start)}`].filter(Boolean).join("  "));
  };
}

const STATUS_INTERVAL = 200; // milliseconds between two looks of a terminal's line
const HEARTBEAT_INTERVAL = 10_000; // milliseconds between two lines where lines stay
