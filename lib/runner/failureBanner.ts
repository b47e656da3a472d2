import { escapeHTML } from "../text";
import { errorLine, failedCells } from "./failedCells";
import { type Cell, hasTag, type Notebook } from "./notebook";

/** The tag papermill puts on such cells, so that its runs take ours away, and ours take its. */
const BANNER_TAG = "papermill-error-cell-tag";

/**
 * A copy of the notebook that tells of its failed cells: red text at the top with a link to each, and a mark before
 * each. The notebook itself where none failed.
 */
export function withBanner(notebook: Notebook): Notebook {
  const failed = failedCells(notebook);
  if (failed.length === 0) return notebook;
  const links = failed.map((cell) => `<a href="#${anchorOf(cell)}">cell [${cell.execution_count ?? " "}]</a>`);
  const banner = toBanner("failure", `An error was met in ${links.join(", ")}: ${asText(errorLine(failed[0]))}`);
  const marks = new Map(failed.map((cell) => [cell, toBanner(anchorOf(cell), "The error was met in the cell below.")]));
  return { ...notebook, cells: [banner, ...notebook.cells.flatMap((cell) => [marks.get(cell) ?? [], cell].flat())] };
}

/** A copy of the notebook without what an earlier run noted on its failed cells. */
export function withoutBanner(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.filter((cell) => !hasTag(cell, BANNER_TAG)) };
}

function anchorOf({ id }: Cell): string {
  return `failed-${id.slice(0, 50)}`; // nbformat allows 64 characters
}

/** Words in which neither HTML, Markdown nor mathematics sees a mark of its own. */
function asText(words: string): string {
  return escapeHTML(words).replace(/[*_`~$|[\]\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toBanner(anchor: string, html: string): Cell {
  const source = `<span id="${anchor}" style="color:#c62828; font-size:1.4em; font-weight:600">${html}</span>`;
  const metadata = { tags: [BANNER_TAG] };
  return { cell_type: "markdown", id: anchor, source, metadata, outputs: [], execution_count: null };
}
