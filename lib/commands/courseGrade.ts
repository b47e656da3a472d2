import * as fs from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { type Assignment } from "../grading/assignment";
import { findSubmissions, type Submission } from "../grading/findSubmissions";
import { type FolderProgress, gradeFolder } from "../grading/gradeFolder";
import { mostNamedAssignment } from "../grading/mostNamedAssignment";
import { shownPoints } from "../course/earned";
import { LONGEST_TIMEOUT } from "../runner/cellOutcome";
import { type ProgressSink, streamProgress } from "../runner/progress";
import { duration } from "../text";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { givenAssignment } from "./givenAssignment";
import { givenPath, newPath } from "./givenPath";
import { onlyOne, orUsageError, readArguments, UsageError } from "./usage";
import { writeGrades } from "./writeGrades";

const HELP = `Usage: npm run course -- grade FOLDER [--lesson LESSON] [--out FOLDER] [--due DATE] [--roster FILE] …

Runs and grades the submissions in a folder, each in a sandbox of its own, some at once. Known are nbgrader's layout
(submitted/STUDENT/ASSIGNMENT/x.ipynb), the downloads of Moodle and Canvas, a folder for each student, and files named
after students. A submission that has not changed since the last time keeps its grade; Ctrl-C keeps the finished ones.

  --lesson LESSON    what was handed out: a lesson's number or the path of the notebook with the solutions;
                     default the lesson that most submissions name
  --out FOLDER       where points.csv, index.html and feedback/ go; default FOLDER-graded
  --due DATE         when it was to be handed in, as in "2026-11-30T12:00Z": late ones are marked
  --roster FILE      names of the students, one a line (of a CSV the first column): who is missing gets a row
  --jobs COUNT       how many run at once; default one for each core
  --cell SECONDS     the longest a cell may take; default 60
  --notebook SECONDS the longest a notebook may take; default 600
  --memory GB        the most memory of a kernel and what it starts; default 4
  --again            grades all once more
  --json FILE        writes the grades for programs`;

const OPTIONS = {
  lesson: { type: "string" },
  out: { type: "string" },
  due: { type: "string" },
  roster: { type: "string" },
  jobs: { type: "string", default: String(availableParallelism()) },
  cell: { type: "string", default: "60" },
  notebook: { type: "string", default: "600" },
  memory: { type: "string", default: "4" },
  again: { type: "boolean" },
  json: { type: "string" },
} as const;

const OUTPUT = 1e6; // characters of a cell

/** `npm run course -- grade`: points and feedback for a class. */
export async function courseGrade(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const folder = onlyFolder(positionals);
  const limits = {
    cell: positive("cell", values.cell, LONGEST_TIMEOUT),
    notebook: positive("notebook", values.notebook, LONGEST_TIMEOUT),
    memory: positive("memory", values.memory) * 2 ** 30,
    output: OUTPUT,
  };
  const jobs = Math.ceil(positive("jobs", values.jobs));
  const due = readDue(values.due);
  const { assignment, submissions } = readFolder(folder, values);
  const out = values.out === undefined ? `${path.resolve(folder)}-graded` : newPath(values.out);
  const signal = abortOnInterrupt();
  const start = Date.now();
  const sink = streamProgress(process.stdout);
  sink.log(`${assignment.name}: ${submissions.length} students, ${jobs} at once`);
  const onProgress = follow(sink, submissions.length);
  const grades = await gradeFolder(assignment, submissions, {
    ...{ out, jobs, limits, due, signal, onProgress },
    again: values.again,
  });
  sink.status?.("");
  if (signal.aborted)
    sink.log(`interrupted: ${grades.length} of ${submissions.length} are graded; the same command goes on`);
  await writeGrades(grades, { out, json: values.json && newPath(values.json) });
  console.log(`${grades.length} students in ${duration(Date.now() - start)}`);
  return signal.aborted ? 130 : 0;
}

function onlyFolder(given: string[]): string {
  const folder = givenPath(onlyOne(given, "folder", HELP));
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new UsageError(`There is no folder ${folder}; give the folder of the submissions`);
}

interface Chosen {
  lesson?: string;
  roster?: string;
}

function readFolder(folder: string, { lesson, roster }: Chosen): { assignment: Assignment; submissions: Submission[] } {
  const assignment = givenAssignment(lesson ?? namedIn(folder));
  const submissions = orUsageError(() => findSubmissions(folder, assignment.name));
  const names = roster === undefined ? [] : readRoster(givenPath(roster));
  const missing = names.filter((name) => !submissions.some(({ student }) => student === name));
  const all = [...submissions, ...missing.map((student) => ({ student, isLate: false, notes: [] }))];
  if (all.length === 0)
    throw new UsageError(`There are no submissions in ${folder}; --help lists the layouts that are known`);
  return { assignment, submissions: all };
}

function namedIn(folder: string): string {
  const named = mostNamedAssignment(findSubmissions(folder, ""));
  if (named === undefined)
    throw new UsageError(
      `No submission in ${folder} says which lesson it belongs to; give it with --lesson, as in --lesson 02`,
    );
  return path.join("notebooks", `${path.basename(named)}.ipynb`);
}

function readRoster(file: string): string[] {
  const lines = fs.readFileSync(file, "utf8").split(/\r?\n/);
  const names = lines.map((line) => line.split(",")[0].replace(/^"|"$/g, "").trim());
  return [...new Set(names.filter((name) => name !== ""))];
}

function positive(name: string, text: string, most = Infinity): number {
  const value = Number(text);
  if (value > 0 && value <= most) return value;
  throw new UsageError(`--${name} is "${text}"; give a number above 0${most < Infinity ? `, at most ${most}` : ""}`);
}

function readDue(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UsageError(`--due is "${text}"; give a date with its time zone, as in 2026-11-30T12:00Z`);
}

/** A line for each that is done; on a terminal one more for those that run. */
function follow(sink: ProgressSink, total: number): (progress: FolderProgress) => void {
  const running = new Map<string, string>();
  let done = 0;
  return ({ student, cells, grade, isKept }) => {
    if (cells) running.set(student, `${student} ${cells[0] + 1}/${cells[1]}`);
    if (grade) {
      running.delete(student);
      const points =
        grade.status === "graded" ? `${shownPoints(grade.earned)} of ${shownPoints(grade.points)}` : grade.status;
      const time = isKept ? "kept from the last time" : duration(grade.seconds * 1000);
      sink.log(`[${String(++done).padStart(String(total).length)}/${total}] ${student}: ${points}  … ${time}`);
    }
    sink.status?.(`${done} of ${total} done; ${[...running.values()].join(", ")}`);
  };
}
