const AROUND = 1; // lines above and below

/** The lines around a place of a cell, its own marked by an arrow. Lines count from 1. */
export function excerpt(source: string, line: number): string[] {
  const lines = source.split("\n");
  const [first, last] = [Math.max(1, line - AROUND), Math.min(lines.length, line + AROUND)];
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const arrow = number === line ? "-->" : "   ";
    shown.push(`${arrow} ${String(number).padStart(width)} | ${lines[number - 1]}`.trimEnd());
  }
  return shown;
}

/** A line of code with a caret under some of its columns, from `start` to before `end`, counted from 0. */
export function underlined(code: string, start: number, end: number): string[] {
  const blank = code.slice(0, start).replace(/[^\t]/g, " ");
  return [`    ${code}`, `    ${blank}${"^".repeat(Math.max(1, end - start))}`];
}
