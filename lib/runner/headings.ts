import type { Cell, Notebook } from "./notebook";

/** What a notebook is called: its first heading, or else the name given. */
export function notebookTitle(notebook: Notebook, otherwise: string): string {
  const headings = notebook.cells.flatMap((cell) => (cell.cell_type === "markdown" ? headingsOf(cell.source) : []));
  return headings[0] ?? otherwise;
}

/**
 * What to call each code cell: what it says of itself after `papermill_description=`, the nearest heading above it, its
 * first comment, or its first line of code.
 */
export function cellTitles(notebook: Notebook): Map<Cell, string> {
  const titles = new Map<Cell, string>();
  let heading = "";
  for (const cell of notebook.cells) {
    if (cell.cell_type === "markdown") heading = headingsOf(cell.source).pop() ?? heading;
    else if (cell.cell_type === "code")
      titles.set(cell, description(cell.source) ?? (heading || firstWords(cell.source)));
  }
  return titles;
}

/** The texts of the headings in Markdown, without marks; code blocks hold none. */
function headingsOf(markdown: string): string[] {
  const prose = markdown.replace(/^(```|~~~)[^]*?^\1/gm, "");
  return [...prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, text]) => plainText(text));
}

function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]+>/g, "")
    .replace(/(\*\*|__|[*`])/g, "")
    .trim();
}

function description(source: string): string | undefined {
  return /^\s*\/\/\s*papermill_description=(.+)$/m.exec(source)?.[1].trim();
}

/** The comment a cell begins with, or its first line of code. */
function firstWords(source: string): string {
  const line = source.split("\n").find((text) => /[^\s/*]/.test(text)) ?? source;
  return line
    .trim()
    .replace(/^(?:\/\/+|\/\*+)\s*|\s*\*+\/$/g, "")
    .slice(0, 60);
}
