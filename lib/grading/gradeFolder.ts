import { createHash } from "crypto";
import { existsSync, readFileSync } from "fs";
import { availableParallelism } from "os";
import { join } from "path";
import { codeVersion, replaceFile } from "../files";
import { formatNotebook } from "../runner/formatNotebook";
import type { Assignment } from "./assignment";
import { feedbackPage } from "./feedbackPage";
import { fileName } from "./fileName";
import type { Submission } from "./findSubmissions";
import { type Grade, type GradeOptions, gradeSubmission } from "./gradeSubmission";

/** What is graded and kept. */
export interface FolderOptions extends Omit<GradeOptions, "onCell" | "threads"> {
  /** Where grades, pages and executed notebooks go. */
  out: string;
  /** How many submissions are run at once. */
  jobs: number;
  /** Whether to grade also what has not changed since the last time. */
  again?: boolean;
  /** Called when a submission begins a cell, and when it is done. */
  onProgress?: (progress: FolderProgress) => void;
}

/** How far one submission is. */
export interface FolderProgress {
  student: string;
  /** Cells begun, and all of them. */
  cells?: [number, number];
  /** Once it is graded. */
  grade?: Grade;
  /** Whether the grade is that of an earlier run. */
  isKept?: boolean;
}

/** What is kept of a submission, in results/STUDENT.json. */
interface Kept {
  version: 1;
  /** A hash of all that decides the grade; empty where it is to be graded again. */
  key: string;
  grade: Grade;
}

/**
 * Grades submissions, some at once, and writes for each a result, a page of feedback and the executed notebook. One that has
 * not changed since it was graded keeps its grade. An aborted signal ends those that run; the finished ones are kept.
 *
 * @returns the grades, in the order of the submissions, without those that were ended
 */
export async function gradeFolder(
  assignment: Assignment,
  submissions: Submission[],
  options: FolderOptions,
): Promise<Grade[]> {
  const grades = new Map<Submission, Grade>();
  const waiting = [...submissions];
  const work = async () => {
    for (let next = waiting.shift(); next && !options.signal?.aborted; next = waiting.shift()) {
      const grade = await gradeOne(assignment, next, options);
      if (grade) grades.set(next, grade);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  return submissions.flatMap((submission) => grades.get(submission) ?? []);
}

async function gradeOne(
  assignment: Assignment,
  submission: Submission,
  options: FolderOptions,
): Promise<Grade | undefined> {
  const { out, onProgress = () => {} } = options;
  const { student } = submission;
  const key = keyOf(assignment, submission, options);
  const file = resultFile(out, student);
  const earlier = options.again ? undefined : readKept(file);
  if (earlier?.key === key) {
    onProgress({ student, grade: earlier.grade, isKept: true });
    return earlier.grade;
  }
  const onCell = (done: number, total: number) => onProgress({ student, cells: [done, total] });
  const threads = Math.max(1, Math.floor(availableParallelism() / options.jobs));
  const graded = await gradeSubmission(assignment, submission, { ...options, threads, onCell });
  if (!graded) return undefined;
  const name = fileName(student);
  replaceFile(join(out, "feedback", `${name}.html`), feedbackPage(assignment, graded));
  if (graded.run) {
    const cells = graded.run.restored.cells.map(({ cell }) => cell);
    replaceFile(
      join(out, "notebooks", `${name}.ipynb`),
      formatNotebook({ ...assignment.notebook, cells: unique(cells) }),
    );
  }
  const kept: Kept = { version: 1, key: graded.grade.status === "not graded" ? "" : key, grade: graded.grade };
  replaceFile(file, JSON.stringify(kept, null, 2) + "\n"); // last: what is there is whole
  onProgress({ student, grade: graded.grade });
  return graded.grade;
}

/** All that decides a grade. */
function keyOf({ version }: Assignment, submission: Submission, { limits, due }: FolderOptions): string {
  const { text, date, isLate, notes } = submission;
  const hash = createHash("sha256").update(text ?? "");
  hash.update(JSON.stringify([version, codeVersion(["course", "grading"]), limits, due, date, isLate, notes]));
  return hash.digest("hex").slice(0, 24);
}

/** Where the grade of a student is kept. */
export function resultFile(out: string, student: string): string {
  return join(out, "results", `${fileName(student)}.json`);
}

/** The grade that is kept in a file; undefined where there is none that can be read. */
export function readKept(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const kept = JSON.parse(readFileSync(file, "utf8"));
    return kept.version === 1 && kept.grade ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The cells with ids of their own: a student's cell may have that of a check that was put back. */
function unique<T extends { id: string }>(cells: T[]): T[] {
  const seen = new Set<string>();
  return cells.map((cell) => {
    let { id } = cell;
    while (seen.has(id)) id += "-2";
    seen.add(id);
    return { ...cell, id };
  });
}
