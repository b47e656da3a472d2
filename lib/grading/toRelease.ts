import type { Notebook } from "../runner/notebook";
import { isRecord } from "../runner/notebook";
import type { Assignment } from "./assignment";
import { gradedCells } from "./gradedCell";
import { cutRegions, STUB } from "./regions";

/** The students' version of an assignment: without solutions and hidden tests. Its metadata name the assignment. */
export function toRelease({ name, notebook, version }: Assignment): Notebook {
  const kinds = new Map(gradedCells(notebook).map(({ cell, kind }) => [cell, kind]));
  const cells = notebook.cells.map((cell) => {
    const kind = kinds.get(cell);
    if (kind === "answer") return { ...cell, source: cutRegions(cell.source, "SOLUTION", STUB) };
    if (kind === "check") return { ...cell, source: cutRegions(cell.source, "HIDDEN TESTS") };
    return cell;
  });
  const atelier = isRecord(notebook.metadata.atelier) ? notebook.metadata.atelier : {};
  return {
    ...notebook,
    cells,
    metadata: { ...notebook.metadata, atelier: { ...atelier, assignment: { name, version } } },
  };
}

/** The name of the assignment that a students' version belongs to, if it is one. */
export function assignmentName({ metadata }: Notebook): string | undefined {
  const { assignment } = isRecord(metadata.atelier) ? metadata.atelier : {};
  return isRecord(assignment) && typeof assignment.name === "string" ? assignment.name : undefined;
}
