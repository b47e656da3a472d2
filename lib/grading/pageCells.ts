import type { Cell } from "../runner/notebook";

/** A cell of Markdown for a page of ours. */
export function proseCell(id: string, source: string): Cell {
  return { cell_type: "markdown", id, source, metadata: {}, outputs: [], execution_count: null };
}

/** A cell that shows nothing but HTML of ours. */
export function htmlCell(id: string, html: string): Cell {
  const data = { "text/html": html, "text/plain": "" };
  const metadata = { tags: ["remove-input"] };
  const outputs: Cell["outputs"] = [{ output_type: "display_data", data, metadata: {} }];
  return { ...proseCell(id, id), cell_type: "code", metadata, outputs };
}
