/**
 * Appends printed text to what a stream holds, as a terminal would show it: a carriage return begins the line anew, a
 * backspace takes a character away. A carriage return at the very end waits for what follows.
 */
export function appendStreamText(text: string, added: string): string {
  const lineStart = text.lastIndexOf("\n") + 1;
  return text.slice(0, lineStart) + overwritten(text.slice(lineStart) + added);
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

// eslint-disable-next-line no-control-regex
const ESCAPE_SEQUENCE = /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)/g;

function overwritten(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  let shown = text.replace(/\r+\n/g, "\n").replace(/[^\n]*\r+(?=[^\n\r])/g, "");
  while (/[^\n\b][\b]/.test(shown)) shown = shown.replace(/[^\n\b][\b]/g, "");
  return shown.replace(/[\b]/g, "");
}
