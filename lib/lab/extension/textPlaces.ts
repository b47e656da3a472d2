import type { Text } from "@codemirror/state";
import type { Position } from "../../kernel/language/place";

/** The offset of a place; a place that is not there any more is the end of its line, or of the text. */
export function offsetOf(text: Text, { line, character }: Position): number {
  if (line >= text.lines) return text.length;
  const { from, to } = text.line(line + 1);
  return Math.min(from + character, to);
}

/** The place of an offset. */
export function positionOf(text: Text, offset: number): Position {
  const { number, from } = text.lineAt(offset);
  return { line: number - 1, character: offset - from };
}
