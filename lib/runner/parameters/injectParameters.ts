import { type Cell, hasTag, type Notebook } from "../notebook";
import { type Parameter, readParameters } from "./readParameters";

/**
 * A copy of the notebook in which the values stand in a cell tagged `injected-parameters`, right after the cell tagged
 * `parameters` and in place of an older one: a comment, then a line for each value in their order. Without a cell tagged
 * `parameters` it comes before the first code cell.
 */
export function injectParameters(notebook: Notebook, values: Record<string, unknown>): Notebook {
  if (Object.keys(values).length === 0) return notebook;
  const parameters = readParameters(notebook);
  const cells = notebook.cells.filter((cell) => !isCode(cell, "injected-parameters"));
  const declared = cells.findIndex((cell) => isCode(cell, "parameters"));
  const firstCode = cells.findIndex((cell) => cell.cell_type === "code");
  const at = declared >= 0 ? declared + 1 : Math.max(0, firstCode);
  const lines = Object.entries(values).map(([name, value]) => declaration(parameters, name, value));
  const cell: Cell = {
    cell_type: "code",
    id: freeId(cells),
    source: ["// Parameters", ...lines].join("\n"),
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, at), cell, ...cells.slice(at)] };
}

function isCode(cell: Cell, tag: string): boolean {
  return cell.cell_type === "code" && hasTag(cell, tag);
}

function freeId(cells: Cell[]): string {
  let id = "injected-parameters";
  while (cells.some((cell) => cell.id === id)) id += "-2";
  return id;
}

function declaration(parameters: Parameter[], name: string, value: unknown): string {
  const parameter = parameters.find((candidate) => candidate.name === name);
  const type = parameter?.annotated ? `: ${oneLine(parameter.type)}` : "";
  return `${parameter?.keyword ?? "const"} ${name}${type} = ${JSON.stringify(value)};`;
}

function oneLine(type: string): string {
  return type.replace(/\s*\n\s*/g, " ");
}
