import type { Figure } from "../chart/figure";
import { figureBundle } from "../chart/figureBundle";
import type { Cell, Notebook } from "../runner/notebook";
import { toHTML } from "../runner/toHTML";

/** What a page of texts and charts consists of: Markdown, and figures. */
export type PagePart = string | Figure;

/** Texts and charts as one page that works offline. */
export function chartPage(title: string, parts: readonly PagePart[]): string {
  const cells = [`# ${title}`, ...parts].map((part) => (typeof part === "string" ? prose(part) : figureCell(part)));
  const named = cells.map((cell, index) => ({ ...cell, id: `cell-${index + 1}` }));
  const notebook: Notebook = { cells: named, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return toHTML(notebook, { title });
}

/** A table in Markdown, all columns after the first to the right; the head may hold HTML, the rows are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...rows.map((row) => row.map(escapeMarkdown))].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Text as it can stand in Markdown, also in the cell of a table. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\|<>&*_`[\]]/g, "\\$&").replace(/\n/g, " ");
}

function prose(source: string): Cell {
  return { cell_type: "markdown", id: "", source, metadata: {}, outputs: [], execution_count: null };
}

function figureCell(figure: Figure): Cell {
  const outputs = [{ output_type: "display_data" as const, data: { ...figureBundle(figure) }, metadata: {} }];
  const metadata = { tags: ["remove-input"] };
  return { cell_type: "code", id: "", source: "// a chart", metadata, outputs, execution_count: null };
}
