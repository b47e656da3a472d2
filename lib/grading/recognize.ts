import type { Cell, Notebook } from "../runner/notebook";
import { type GradedCell, gradedCells } from "./gradedCell";

/** A cell of a submission that comes from the assignment. */
export interface Known {
  graded: GradedCell;
  /** Whether its own grade_id says so; else its id does. */
  byGradeId: boolean;
}

/**
 * The cells of a submission that come from the assignment: known by their grade_id, or, where no cell has that, by their id.
 *
 * @param handedOut - the cells of the students' version
 */
export function recognize(submission: Notebook, handedOut: GradedCell[]): Map<Cell, Known> {
  const known = new Map<Cell, Known>();
  for (const { cell, id } of gradedCells(submission)) {
    const graded = handedOut.find((one) => one.id === id && one.cell.cell_type === cell.cell_type);
    if (graded) known.set(cell, { graded, byGradeId: true });
  }
  const found = new Set([...known.values()].map(({ graded }) => graded.id));
  for (const cell of submission.cells) {
    const graded = handedOut.find((one) => one.cell.id === cell.id && !found.has(one.id));
    if (graded && !known.has(cell) && cell.cell_type === "code") known.set(cell, { graded, byGradeId: false });
  }
  return known;
}
