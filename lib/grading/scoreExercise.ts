import type { Cell } from "../runner/notebook";
import type { Exercise } from "./assignment";
import type { ExerciseFindings } from "./findings";
import type { Restored } from "./restore";
import type { CellRun } from "./runSubmission";

/** How an exercise came out. */
export interface ExerciseGrade {
  id: string;
  title: string;
  points: number;
  earned: number;
  status: ExerciseStatus;
  /** What the check or the error says. */
  detail: string;
  /** What a teacher should know beside that. */
  notes: string[];
}

/** Kinds of outcomes. */
export type ExerciseStatus =
  | "right"
  | "partly right"
  | "wrong"
  | "no answer"
  | "answer deleted"
  | "does not compile"
  | "error"
  | "took too long"
  | "ended the kernel"
  | "not run";

/** Scores an exercise by what its check gave. */
export function scoreExercise(exercise: Exercise, { cells, findings }: Restored, runs: CellRun[]): ExerciseGrade {
  const place = cells.findIndex(({ check }) => check === exercise);
  const check = { cell: cells[place].cell, run: runs[place] };
  const answers = cells.flatMap(({ answers: of, cell }, index) =>
    of === exercise ? [{ cell, run: runs[index] }] : [],
  );
  const { id, title, points } = exercise;
  const found = findings.get(id)!;
  const { earned, notes } = earnedBy(check.cell, points);
  const failed = [...answers, check].find(({ run }) => run.status !== "ok");
  const left = answers.map(({ cell }) => exitIn(cell)).find((text) => text !== undefined);
  const status = statusOf({ earned, points, found, failed: failed?.run, hasLeft: left !== undefined });
  const detail =
    left !== undefined && status === "error"
      ? left
      : failed && status !== "right"
        ? errorText(failed.run)
        : printedBy(check.cell);
  const harmless =
    failed && status === "right" ? [`the answer is right, but its cell failed: ${errorText(failed.run)}`] : [];
  const cut = [...answers, check].some(({ run }) => run.wasCut) ? ["too much output; the rest was left out"] : [];
  return {
    id,
    title,
    points,
    earned,
    status,
    detail,
    notes: [...found.notes, ...notes, ...harmless, ...cut, ...forged(answers)],
  };
}

interface Judged {
  earned: number;
  points: number;
  found: ExerciseFindings;
  failed?: CellRun;
  /** Whether an answer has ended its cell by `process.exit()`. */
  hasLeft: boolean;
}

function statusOf({ earned, points, found, failed, hasLeft }: Judged): ExerciseStatus {
  if (earned === points) return "right";
  if (failed?.status === "not run") return "not run";
  if (failed?.status === "timeout") return "took too long";
  if (failed?.status === "killed") return "ended the kernel";
  if (found.answer === "deleted") return "answer deleted";
  if (found.answer === "as handed out") return "no answer";
  if (hasLeft) return "error";
  if (failed) return failed.error?.ename === "TypeScriptError" ? "does not compile" : "error";
  return earned > 0 ? "partly right" : "wrong";
}

/** The points, as nbgrader takes them: the number that the cell gives; nothing with an error or a text on stderr before it. */
function earnedBy({ outputs }: Cell, points: number): { earned: number; notes: string[] } {
  const results = outputs.filter((output) => output.output_type === "execute_result");
  if (outputs.some((output) => output.output_type === "error")) return { earned: 0, notes: [] };
  if (outputs.some((output) => output.output_type === "stream" && output.name === "stderr"))
    return { earned: 0, notes: ["a text on stderr while the check ran; as in nbgrader that gives no points"] };
  const values = results.map(({ data }) => numberIn(data["text/plain"]));
  if (values.length !== 1 || values[0] === undefined)
    return { earned: 0, notes: values.length === 0 ? [] : ["the check did not give one number; no points"] };
  const [value] = values;
  if (value <= points) return { earned: value, notes: [] };
  return { earned: points, notes: [`the check gave ${value} points of ${points}; the rest does not count`] };
}

function numberIn(text: unknown): number | undefined {
  return typeof text === "string" && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** An answer that prints what a check prints. */
function forged(answers: { cell: Cell }[]): string[] {
  const isLike = answers.some(({ cell }) => /\d of \d+(\.\d+)? points?:/.test(printedBy(cell)));
  return isLike ? ["the answer prints a line like that of a check; it does not count"] : [];
}

/** What the kernel said where an answer has called `process.exit()`. */
function exitIn({ outputs }: Cell): string | undefined {
  const said = outputs.map((output) =>
    output.output_type === "stream" && output.name === "stderr" ? output.text : "",
  );
  return /^process\.exit\(.*\) ended this cell.*$/m.exec(said.join(""))?.[0];
}

function printedBy({ outputs }: Cell): string {
  return outputs
    .map((output) => (output.output_type === "stream" && output.name === "stdout" ? output.text : ""))
    .join("")
    .trim();
}

function errorText({ status, error }: CellRun): string {
  if (status === "not run") return "it was not run: the notebook's time ran out, or its kernel was ended too often";
  return error ? `${error.ename}: ${error.evalue.split("\n")[0]}` : "";
}
