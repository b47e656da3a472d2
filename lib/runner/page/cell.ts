import { duration, escapeHTML } from "../../text";
import { type Cell, hasTag, isRecord } from "../notebook";
import { highlight } from "./code";
import type { MarkdownWriter } from "./markdown";
import { outputToHTML } from "./outputs";

/**
 * One cell as HTML. Its tags say what of it is left out or folded away, as for nbconvert and Jupyter Book: `remove-cell`,
 * `remove-input`, `remove-output`, `hide-cell`, `hide-input`, `hide-output`, each also with an underscore. A cell that
 * failed is shown whole.
 */
export function cellToHTML(cell: Cell, markdown: MarkdownWriter, { failed = false } = {}): string {
  const is = (tag: string) => !failed && (hasTag(cell, tag) || hasTag(cell, tag.replace("-", "_")));
  if (is("remove-cell")) return "";
  const parts = cell.cell_type === "markdown" ? textOf(cell, markdown) : codeOf(cell, markdown, { is, failed });
  return is("hide-cell") && parts !== "" ? folded("Cell", parts) : parts;
}

/** The page's address of a cell that failed. */
export function anchorOf({ id }: Cell): string {
  return `failed-${escapeHTML(id)}`;
}

function textOf(cell: Cell, markdown: MarkdownWriter): string {
  return `<section class="prose">${markdown.toHTML(cell)}</section>`;
}

interface Parts {
  is: (tag: string) => boolean;
  failed: boolean;
}

function codeOf(cell: Cell, markdown: MarkdownWriter, { is, failed }: Parts): string {
  if (cell.cell_type === "raw" || cell.source.trim() === "") return "";
  const outputs = is("remove-output") ? "" : cell.outputs.map((output) => outputToHTML(output, markdown)).join("\n");
  const code = is("remove-input") ? "" : inputToHTML(cell, is("hide-input"));
  const shown = is("hide-output") && outputs !== "" ? folded("Output", outputs) : outputs;
  if (code === "" && shown === "") return "";
  const kind = hasTag(cell, "injected-parameters") ? "cell injected" : "cell";
  return `<section class="${kind}"${failed ? ` id="${anchorOf(cell)}"` : ""}>${code}\n${shown}</section>`;
}

function inputToHTML(cell: Cell, isHidden: boolean): string {
  const code = `<pre><code>${highlight(cell.source)}</code></pre>`;
  if (isHidden) return `<details class="code"><summary>Code</summary>${code}</details>`;
  const count = cell.execution_count === null ? "" : `<span class="count">${promptOf(cell)}</span>`;
  const note = hasTag(cell, "injected-parameters") ? '<div class="note">Values set for this run</div>' : "";
  return `<div class="code">${note}${count}${code}</div>`;
}

function folded(what: string, html: string): string {
  return `<details class="folded"><summary>${what}</summary>${html}</details>`;
}

/** The number of the cell, and its time where that is worth knowing. */
function promptOf(cell: Cell): string {
  const stamp = isRecord(cell.metadata.papermill) ? cell.metadata.papermill : {};
  const slow = typeof stamp.duration === "number" && stamp.duration >= 1;
  return `${slow ? `${duration((stamp.duration as number) * 1000)} · ` : ""}[${cell.execution_count}]`;
}
