import type { Cell } from "../runner/notebook";
import type { Exercise } from "./assignment";
import type { GradedCell } from "./gradedCell";
import type { Known } from "./recognize";

/** What a student did to the cells of an exercise. */
export interface ExerciseFindings {
  answer: "changed" | "as handed out" | "deleted";
  notes: string[];
}

/**
 * Compares the cells of an exercise in a submission with those that were handed out.
 *
 * @param handedOut - the cells of the students' version
 */
export function findingsOf(
  { id, answers }: Exercise,
  known: Map<Cell, Known>,
  handedOut: GradedCell[],
): ExerciseFindings {
  const ofId = (wanted: string) => [...known].filter(([, { graded }]) => graded.id === wanted);
  const own = answers.flatMap((answer) => ofId(answer.id));
  const checks = ofId(id);
  const check = handedOut.find((graded) => graded.id === id)!.cell;
  const notes: string[] = [];
  if (checks.length === 0) notes.push("the check cell was deleted; it was put back");
  else if (!checks.some(([cell]) => isSame(cell, check)))
    notes.push("the check cell was changed; the teacher's was run instead");
  if (checks.length > 1) notes.push(`the check cell was there ${checks.length} times; it was run once`);
  if ([...own, ...checks].some(([, { byGradeId }]) => !byGradeId))
    notes.push("the grade_id was changed or removed; the cells were found by their ids");
  const isUnchanged = own.every(([cell, { graded }]) => cell.source.trim() === "" || isSame(cell, graded.cell));
  return { answer: own.length === 0 ? "deleted" : isUnchanged ? "as handed out" : "changed", notes };
}

/** Apart from spaces and line ends. */
function isSame(cell: Cell, other: Cell): boolean {
  const plain = ({ source }: Cell) => source.replace(/\s+/g, " ").trim();
  return plain(cell) === plain(other);
}
