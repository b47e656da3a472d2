import type { Notebook } from "../runner/notebook";
import { parseNotebook } from "../runner/parseNotebook";
import { KernelDeathError } from "../runner/startKernel";
import type { Assignment } from "./assignment";
import type { Submission } from "./findSubmissions";
import { gradedCells } from "./gradedCell";
import { restore, type Restored } from "./restore";
import { type CellRun, type GradingLimits, runSubmission } from "./runSubmission";
import { newSandbox } from "./sandbox";
import { type ExerciseGrade, scoreExercise } from "./scoreExercise";
import { assignmentName } from "./toRelease";

/** How a submission came out. */
export interface Grade {
  student: string;
  assignment: string;
  status: "graded" | "missing" | "not a notebook" | "another assignment" | "not graded";
  earned: number;
  points: number;
  exercises: ExerciseGrade[];
  /** How late it was, in seconds; 0 where the platform only says that it was late. */
  late?: number;
  notes: string[];
  seconds: number;
}

/** A grade, and where the notebook was run, what it showed. */
export interface Graded {
  grade: Grade;
  run?: { restored: Restored; runs: CellRun[] };
}

/** How to grade. */
export interface GradeOptions {
  limits: GradingLimits;
  /** When it was to be handed in. */
  due?: Date;
  /** Threads of the compiled kernels; default one for each core. */
  threads?: number;
  signal?: AbortSignal;
  /** Called with how many of the cells have been begun. */
  onCell?: (done: number, total: number) => void;
}

/**
 * Grades one submission: puts the assignment's own cells back, runs it in a sandbox, and takes the points from the checks.
 * What is wrong with a submission is in its grade.
 *
 * @returns undefined where the signal has ended it before all cells were run
 */
export async function gradeSubmission(
  assignment: Assignment,
  submission: Submission,
  options: GradeOptions,
): Promise<Graded | undefined> {
  const start = Date.now();
  const none = emptyGrade(assignment, submission, options.due);
  if (submission.text === undefined) return { grade: { ...none, status: "missing" } };
  const notebook = readNotebook(submission.text);
  if (typeof notebook === "string")
    return { grade: { ...none, status: "not a notebook", notes: [...none.notes, notebook] } };
  const other = otherAssignment(notebook, assignment);
  if (other) return { grade: { ...none, status: "another assignment", notes: [...none.notes, other] } };
  const restored = restore(assignment, notebook);
  const runs = await runIn(restored, options);
  if (!runs) return undefined;
  if (typeof runs === "string") return { grade: { ...none, status: "not graded", notes: [...none.notes, runs] } };
  const exercises = assignment.exercises.map((exercise) => scoreExercise(exercise, restored, runs));
  const earned = sum(exercises.map((exercise) => exercise.earned));
  const notes = [...none.notes, ...errorsElsewhere(restored, runs)];
  const seconds = Math.round((Date.now() - start) / 100) / 10;
  return { grade: { ...none, status: "graded", earned, exercises, notes, seconds }, run: { restored, runs } };
}

/** The grade of a student from whom nothing has come. */
export function emptyGrade({ name, exercises }: Assignment, submission: Submission, due?: Date): Grade {
  const { student, date, isLate, notes } = submission;
  const seconds = date && due ? Math.round((date.getTime() - due.getTime()) / 1000) : 0;
  return {
    ...{ student, assignment: name, status: "missing", earned: 0, seconds: 0, notes: [...notes] },
    points: sum(exercises.map(({ points }) => points)),
    exercises: exercises.map(({ id, title, points }) => ({
      ...{ id, title, points, earned: 0, status: "not run", detail: "", notes: [] },
    })),
    ...((isLate || seconds > 0) && { late: Math.max(0, seconds) }),
  };
}

function readNotebook(text: string): Notebook | string {
  try {
    return parseNotebook(text, "the file");
  } catch (error) {
    return (error as Error).message;
  }
}

/** Why a notebook belongs to another assignment: its metadata say so, or it has none of the cells. */
function otherAssignment(notebook: Notebook, { name, notebook: own }: Assignment): string | undefined {
  const named = assignmentName(notebook);
  const ids = new Set(gradedCells(own).flatMap(({ id, cell }) => [id, cell.id]));
  const has = [...gradedCells(notebook).map(({ id }) => id), ...notebook.cells.map(({ id }) => id)];
  if (named === name || has.some((id) => id !== "parameters" && ids.has(id))) return undefined;
  return named && named !== name ? `the notebook is "${named}"` : `none of its cells belongs to "${name}"`;
}

async function runIn(restored: Restored, options: GradeOptions): Promise<CellRun[] | string | undefined> {
  const { limits, threads, signal, onCell } = options;
  const sandbox = newSandbox(limits.memory, threads);
  const total = restored.cells.length;
  try {
    const runs = await runSubmission(restored.cells, {
      ...{ sandbox, limits, signal },
      onCell: (index) => onCell?.(index, total),
    });
    return signal?.aborted ? undefined : runs;
  } catch (error) {
    if (!(error instanceof KernelDeathError)) throw error;
    return `the kernel did not start: ${error.message.split("\n")[0]}`;
  } finally {
    sandbox.remove();
  }
}

/** Errors of cells that are neither answers nor checks. */
function errorsElsewhere({ cells }: Restored, runs: CellRun[]): string[] {
  return runs.flatMap(({ status, error }, index) => {
    const { answers, check } = cells[index];
    if (answers || check || !error) return [];
    const what = { error: "failed", timeout: "took too long", killed: "ended the kernel" }[status as "error"];
    return [`cell ${index + 1} ${what}: ${error.ename}: ${error.evalue.split("\n")[0]}`];
  });
}

function sum(values: number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 100) / 100;
}
