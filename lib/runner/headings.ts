import type { Cell, Notebook } from "./notebook";

/** What a notebook is called: its first heading, or else the name given. */
export function notebookTitle(notebook: Notebook, otherwise: string): string {
  const headings = notebook.cells.flatMap((cell) => (cell.cell_type === "markdown" ? headingsOf(cell.source) : []));
  return headings[0] ?? otherwise;
}

/** What to call each code cell that is to be run: the nearest heading above it, or its first line of code. */
export function cellTitles(notebook: Notebook): Map<Cell, string> {
  const titles = new Map<Cell, string>();
  let heading = "";
  for (const cell of notebook.cells) {
    if (cell.cell_type === "markdown") heading = headingsOf(cell.source).pop() ?? heading;
    else if (cell.cell_type === "code") titles.set(cell, heading || firstCodeLine(cell.source));
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

function firstCodeLine(source: string): string {
  const line = source.split("\n").find((text) => text.trim() !== "" && !text.trim().startsWith("//"));
  return (line ?? source).trim().slice(0, 60);
}
