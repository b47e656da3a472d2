import { type Cell, isRecord, type Notebook } from "../runner/notebook";

/** What nbgrader's metadata make of a cell. */
export interface GradedCell {
  cell: Cell;
  /** The `grade_id`. */
  id: string;
  /** One that students fill in, one that checks them, or one that is to stay as it is. */
  kind: "answer" | "check" | "locked";
  /** Of a check; 0 for the others. */
  points: number;
}

/** The cells of a notebook that have nbgrader's metadata, in order. */
export function gradedCells({ cells }: Notebook): GradedCell[] {
  return cells.flatMap((cell) => {
    const { nbgrader } = cell.metadata;
    if (!isRecord(nbgrader)) return [];
    const id = typeof nbgrader.grade_id === "string" ? nbgrader.grade_id : "";
    const points = nbgrader.grade === true && typeof nbgrader.points === "number" ? nbgrader.points : 0;
    return [{ cell, id, kind: kindOf(nbgrader), points }];
  });
}

function kindOf({ grade, solution }: Record<string, unknown>): GradedCell["kind"] {
  return solution === true ? "answer" : grade === true ? "check" : "locked";
}
