import type { Cell, Notebook } from "../runner/notebook";
import type { Assignment, Exercise } from "./assignment";
import { type ExerciseFindings, findingsOf } from "./findings";
import { gradedCells } from "./gradedCell";
import { type Known, recognize } from "./recognize";
import { toRelease } from "./toRelease";

/** A submission with the cells of the assignment that are not the student's put back. */
export interface Restored {
  cells: RestoredCell[];
  /** What was found out about each exercise, by its id. */
  findings: Map<string, ExerciseFindings>;
}

/** A cell to run. */
export interface RestoredCell {
  cell: Cell;
  /** The exercise whose check it is, as the teacher wrote it: its points count. */
  check?: Exercise;
  /** The exercise whose answer it is. */
  answers?: Exercise;
}

/**
 * Puts a submission together for grading: the student's cells in the student's order, and the assignment's own cells, the
 * checks above all, as the teacher has them. A check that is not there comes before the next cell of the assignment that is,
 * or at the end; of several copies of a check the last is run.
 */
export function restore(assignment: Assignment, submission: Notebook): Restored {
  const handedOut = gradedCells(toRelease(assignment));
  const known = recognize(submission, handedOut);
  const findings = assignment.exercises.map(
    (exercise) => [exercise.id, findingsOf(exercise, known, handedOut)] as const,
  );
  return { cells: withOwnCells(assignment, submission, known), findings: new Map(findings) };
}

function withOwnCells(
  { notebook, exercises }: Assignment,
  submission: Notebook,
  known: Map<Cell, Known>,
): RestoredCell[] {
  const own = gradedCells(notebook);
  const placeOf = (id: string) => own.findIndex((graded) => graded.id === id);
  const last = new Map([...known].map(([cell, { graded }]) => [graded.id, cell]));
  const missing = exercises.filter(({ id }) => !last.has(id));
  const takeMissing = (place: number) =>
    missing
      .splice(
        0,
        countBefore(missing, (id) => placeOf(id) < place),
      )
      .map(putBack);
  const cells = submission.cells.flatMap((cell): RestoredCell[] => {
    const graded = known.get(cell)?.graded;
    if (!graded) return [{ cell }];
    const place = placeOf(graded.id);
    if (graded.kind === "answer")
      return [
        ...takeMissing(place),
        { cell, answers: exercises.find(({ answers }) => answers.some(({ id }) => id === graded.id)) },
      ];
    if (last.get(graded.id) !== cell) return [];
    const check = exercises.find(({ id }) => id === graded.id);
    return [...takeMissing(place), { cell: { ...own[place].cell, id: cell.id, outputs: [] }, check }];
  });
  return [...cells, ...missing.map(putBack)];
}

/** How many exercises at the beginning of a list are so. */
function countBefore(exercises: Exercise[], test: (id: string) => boolean): number {
  const end = exercises.findIndex(({ id }) => !test(id));
  return end < 0 ? exercises.length : end;
}

function putBack(exercise: Exercise): RestoredCell {
  return { cell: { ...exercise.check, outputs: [] }, check: exercise };
}
