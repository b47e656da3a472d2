/** Text that grows as a program prints it, however often it does. */
export interface StreamText {
  append(added: string): void;
  /** All of it. */
  text(): string;
  /** Its end, with the last line. */
  tail(): string;
}

/**
 * Gathers printed text as a terminal would show it: a carriage return begins the line anew, a backspace takes a
 * character away. A carriage return at the very end waits for what follows.
 */
export function newStreamText(initial = ""): StreamText {
  let finished: string[] = [];
  let line = "";
  const append = (added: string) => {
    const shown = overwritten(line + added);
    const lineStart = shown.lastIndexOf("\n") + 1;
    if (lineStart > 0) finished.push(shown.slice(0, lineStart));
    line = shown.slice(lineStart);
  };
  append(initial);
  return {
    append,
    text: () => (finished = [finished.join("")])[0] + line,
    tail: () => (finished.at(-1) ?? "").slice(-TAIL) + line,
  };
}

/** The last line of a text that is not blank, as plain words: no colours, no control characters. */
export function lastLine(text: string): string {
  const lines = withoutColours(text).split(/[\n\r]/);
  return (lines.reverse().find((line) => line.trim() !== "") ?? "").trim();
}

/** Text without ANSI escape sequences. */
export function withoutColours(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, "");
}

/** Text with its ANSI colours, which end with it, and without all else that could move a terminal's cursor. */
export function coloursOnly(text: string): string {
  const shown = text.replace(ESCAPE_SEQUENCE, (sequence) => (sequence.endsWith("m") ? sequence : ""));
  // oxlint-disable-next-line no-control-regex
  const still = shown.replace(/(?!\u001b\[[\d;]*m)[\u0000-\u0008\u000a-\u001f\u007f]/g, (c) => (c === "\n" ? c : ""));
  return still.includes("\u001b") ? `${still}\u001b[0m` : still;
}

// oxlint-disable-next-line no-control-regex
const ESCAPE_SEQUENCE = /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)/g;

const TAIL = 1000; // characters, more than a line of a terminal

/** Text as a terminal shows it: what a carriage return or a backspace takes back is gone. */
export function overwritten(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  let shown = text.replace(/\r+\n/g, "\n").replace(/[^\n]*\r+(?=[^\n\r])/g, "");
  while (/[^\n\b][\b]/.test(shown)) shown = shown.replace(/[^\n\b][\b]/g, "");
  return shown.replace(/[\b]/g, "");
}
