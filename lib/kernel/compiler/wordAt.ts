import type { TextSpan } from "typescript";

/** The name in which or behind which a place lies; empty where there is none. */
export function wordAt(source: string, position: number): TextSpan {
  const before = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(source.slice(0, position))![0].length;
  const behind = /^[\p{ID_Continue}$\u200c\u200d]*/u.exec(source.slice(position))![0].length;
  return { start: position - before, length: before + behind };
}
