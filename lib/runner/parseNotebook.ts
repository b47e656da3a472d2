import { readFileSync } from "fs";
import { type Cell, isJSONType, isRecord, type MimeBundle, type Notebook, type Output } from "./notebook";

/**
 * Reads a notebook file.
 *
 * @throws SyntaxError for a file that is no notebook, as `parseNotebook`; Node's error where the file cannot be read
 */
export function loadNotebook(file: string): Notebook {
  return parseNotebook(readFileSync(file, "utf8"), file);
}

/**
 * Reads the text of an .ipynb file of nbformat 4, whose multi-line strings become one string, and which leaves with a
 * unique id on every cell.
 *
 * @throws SyntaxError for a text that is no notebook, with the name of the file and, where it is in one, the cell
 */
export function parseNotebook(text: string, file = "notebook"): Notebook {
  const fail = (what: string) => new SyntaxError(`${file} is not a notebook: ${what}`);
  const json = parseJSON(text, fail);
  if (!isRecord(json)) throw fail("its JSON is not an object");
  if (json.nbformat !== 4)
    throw fail(`nbformat is ${JSON.stringify(json.nbformat)}, 4 is wanted; open it in JupyterLab and save it again`);
  if (!Array.isArray(json.cells)) throw fail("it has no list of cells");
  const cells = json.cells.map((cell, index) => toCell(cell, (what) => fail(`cell ${index + 1} ${what}`)));
  nameCells(cells);
  const minor = typeof json.nbformat_minor === "number" ? Math.max(5, json.nbformat_minor) : 5;
  return { cells, metadata: isRecord(json.metadata) ? json.metadata : {}, nbformat: 4, nbformat_minor: minor };
}

type Fail = (what: string) => SyntaxError;

function parseJSON(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw fail(text.trim() === "" ? "the file is empty" : `not JSON (${(error as Error).message})`);
  }
}

function toCell(json: unknown, fail: Fail): Cell {
  if (!isRecord(json)) throw fail("is not an object");
  const type = json.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw")
    throw fail(`has the type ${JSON.stringify(type)}; code, markdown or raw is wanted`);
  const source = joined(json.source);
  if (source === undefined) throw fail("has no source text");
  const metadata = isRecord(json.metadata) ? json.metadata : {};
  const tags = metadata.tags;
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === "string")))
    throw fail(`has the tags ${JSON.stringify(tags)}; a list of strings is wanted`);
  const outputs = Array.isArray(json.outputs) ? json.outputs.map((output) => toOutput(output, fail)) : [];
  const cell: Cell = {
    cell_type: type,
    id: typeof json.id === "string" ? json.id : "",
    source,
    metadata,
    outputs,
    execution_count: typeof json.execution_count === "number" ? json.execution_count : null,
  };
  return isRecord(json.attachments) ? { ...cell, attachments: json.attachments as Cell["attachments"] } : cell;
}

function toOutput(json: unknown, fail: Fail): Output {
  if (!isRecord(json)) throw fail("has an output that is not an object");
  const metadata = isRecord(json.metadata) ? json.metadata : {};
  switch (json.output_type) {
    case "stream":
      return { output_type: "stream", name: String(json.name ?? "stdout"), text: joined(json.text) ?? "" };
    case "display_data":
      return { output_type: "display_data", data: joinedBundle(json.data), metadata };
    case "execute_result": {
      const count = typeof json.execution_count === "number" ? json.execution_count : null;
      return { output_type: "execute_result", data: joinedBundle(json.data), metadata, execution_count: count };
    }
    case "error": {
      const traceback = Array.isArray(json.traceback) ? json.traceback.map(String) : [];
      return { output_type: "error", ename: String(json.ename), evalue: String(json.evalue), traceback };
    }
    default:
      throw fail(`has an output of the type ${JSON.stringify(json.output_type)}, which nbformat 4 does not know`);
  }
}

/** A string, or nbformat's list of lines, as one string; undefined for anything else. */
function joined(text: unknown): string | undefined {
  if (Array.isArray(text)) return text.every((line) => typeof line === "string") ? text.join("") : undefined;
  return typeof text === "string" ? text : undefined;
}

function joinedBundle(data: unknown): MimeBundle {
  const entries = Object.entries(isRecord(data) ? data : {});
  return Object.fromEntries(
    entries.map(([mime, value]) => [mime, isJSONType(mime) ? value : (joined(value) ?? value)]),
  );
}

/** Gives an id to cells that have none or one that was used before, the same at each reading. */
function nameCells(cells: Cell[]): void {
  const taken = new Set<string>();
  cells.forEach((cell, index) => {
    const base = cell.id || `cell-${index + 1}`;
    let id = base;
    for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
    taken.add(id);
    cell.id = id;
  });
}
