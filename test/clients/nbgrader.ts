import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { availableParallelism } from "node:os";
import { type Assignment, loadAssignment } from "../../lib/grading/assignment";
import { findSubmissions } from "../../lib/grading/findSubmissions";
import { gradeFolder } from "../../lib/grading/gradeFolder";
import type { Grade } from "../../lib/grading/gradeSubmission";
import { writeNbgraderCourse } from "../../lib/grading/nbgraderCourse";
import { toRelease } from "../../lib/grading/toRelease";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { duration } from "../../lib/text";
import { findLessons } from "../../lib/commands/lessons";
import { type Answers, type Mutation, mutations } from "../grading/mutations";
import { TINY_ANSWERS, tinyAssignment } from "../grading/tinyAssignment";
import { LESSON_02_ANSWERS } from "../grading/lesson02";
import { writeSubmissions } from "../grading/writeSubmissions";

/** What the trials work with. */
export interface NbgraderSetup {
  /** An environment's Python that has nbgrader. */
  python: string;
  /** An empty folder. */
  folder: string;
  env: NodeJS.ProcessEnv;
}

const CELL_LIMIT = 30; // seconds
const MEMORY = 3 * 2 ** 30;

/**
 * Made-up submissions of all kinds of a tiny assignment and of lesson 02, graded by our command and by nbgrader: each must
 * get the points that it is made for, and the same by both where nbgrader can grade it.
 *
 * @returns whether all did
 */
export async function tryNbgrader(setup: NbgraderSetup): Promise<boolean> {
  const tiny = path.join(setup.folder, "99-tiny.ipynb");
  saveNotebook(tiny, tinyAssignment());
  const trials: [Assignment, Answers][] = [
    [loadAssignment(tiny), TINY_ANSWERS],
    [loadAssignment(findLessons(["02"])[0]), LESSON_02_ANSWERS],
  ];
  let passed = true;
  for (const [assignment, answers] of trials) passed = (await tryAssignment(setup, assignment, answers)) && passed;
  return passed;
}

export async function tryAssignment(setup: NbgraderSetup, assignment: Assignment, answers: Answers): Promise<boolean> {
  const course = path.join(setup.folder, `course-${assignment.name}`);
  const made = mutations(assignment, answers);
  console.log(`\n${assignment.name}: ${made.length} submissions`);
  writeNbgraderCourse(course, [assignment]);
  fs.appendFileSync(path.join(course, "nbgrader_config.py"), `c.Execute.timeout = ${CELL_LIMIT}\n`);
  const nbgrader = (...args: string[]) => runNbgrader(setup, course, args);
  nbgrader("generate_assignment", assignment.name);
  const isSame = sameRelease(assignment, course);
  writeSubmissions(course, assignment.name, made);
  const start = Date.now();
  nbgrader("autograde", assignment.name);
  for (const { name } of leftOut(made, course)) nbgrader("autograde", assignment.name, `--student=${name}`);
  const middle = Date.now();
  nbgrader("generate_feedback", assignment.name);
  const theirs = readGradebook(setup, course, assignment.name);
  const begun = Date.now();
  const ours = await ourGrades(course, assignment);
  console.log(
    `nbgrader's autograde: ${duration(middle - start)}; ours, with feedback: ${duration(Date.now() - begun)}`,
  );
  const rows = made.map((mutation) => compare(mutation, { assignment, theirs, ours, course }));
  return rows.every(Boolean) && isSame;
}

function runNbgrader({ python, env }: NbgraderSetup, cwd: string, args: string[]): void {
  const own = { ...env, PATH: [path.dirname(python), env.PATH].join(path.delimiter) }; // it calls alembic
  const { status, stderr } = spawnSync(python, ["-m", "nbgrader", ...args], {
    cwd,
    env: own,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  const errors = stderr.split("\n").filter((line) => /\| ERROR\]/.test(line)).length;
  console.log(`nbgrader ${args[0]}: exit code ${status}${errors > 0 ? `, ${errors} errors logged` : ""}`);
}

/** Those that nbgrader did not come to: it ends at the first submission with duplicate cells. */
function leftOut(made: Mutation[], course: string): Mutation[] {
  const isGraded = (name: string) => fs.existsSync(path.join(course, "autograded", name));
  return made.filter(({ name, nbgrader }) => nbgrader !== null && !isGraded(name));
}

/** Whether nbgrader's students' version has the same cells as ours. */
function sameRelease(assignment: Assignment, course: string): boolean {
  const file = path.join(course, "release", assignment.name, `${assignment.name}.ipynb`);
  const [theirs, ours] = [loadNotebook(file), toRelease(assignment)].map(({ cells }) =>
    cells.map(({ source }) => source),
  );
  return told("both write the same students' version", JSON.stringify(theirs) === JSON.stringify(ours));
}

type Points = Record<string, Record<string, number | null>>;

function readGradebook({ python, env }: NbgraderSetup, course: string, name: string): Points {
  const script = path.join(__dirname, "gradebook.py");
  const { stdout, stderr } = spawnSync(python, [script, path.join(course, "gradebook.db"), name], {
    env,
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(`nbgrader's gradebook could not be read: ${stderr}`);
  return JSON.parse(stdout);
}

async function ourGrades(course: string, assignment: Assignment): Promise<Map<string, Grade>> {
  const grades = await gradeFolder(assignment, findSubmissions(course, assignment.name), {
    out: path.join(course, "graded"),
    jobs: availableParallelism(),
    limits: { cell: CELL_LIMIT, notebook: 600, memory: MEMORY, output: 1e6 },
    onProgress: ({ grade }) =>
      grade && console.log(`  ${grade.student}: ${grade.earned} of ${grade.points}, ${grade.seconds} s`),
  });
  return new Map(grades.map((grade) => [grade.student, grade]));
}

interface Results {
  assignment: Assignment;
  theirs: Points;
  ours: Map<string, Grade>;
  course: string;
}

function compare(mutation: Mutation, { assignment, theirs, ours, course }: Results): boolean {
  const { name, points, nbgrader = points } = mutation;
  const isOurs = isAsMade(mutation, ours.get(name));
  const graded = theirs[name] ?? {};
  const none = Object.keys(graded).length > 0 ? 0 : null; // a check that is missing has no grade
  const other = assignment.exercises.map(({ id }) => graded[id] ?? none);
  if (nbgrader === null) {
    console.log(`       ${name}: nbgrader ${other.join(" ")}, which need not be the same`);
    return isOurs;
  }
  const feedback = path.join(course, "feedback", name, assignment.name, `${assignment.name}.html`);
  const isTheirs = told(`${name}: nbgrader ${other.join(" ")}`, same(other, nbgrader), nbgrader.join(" "));
  return told(`${name}: nbgrader's feedback is there`, fs.existsSync(feedback)) && isOurs && isTheirs;
}

/** Whether our grade has the points, the results and the note that the submission was made for. */
function isAsMade({ name, points, statuses, note, status = "graded" }: Mutation, grade?: Grade): boolean {
  if (!grade) return told(`${name}: ours`, false, "a grade");
  const { exercises } = grade;
  const [own, results] = [
    exercises.map(({ earned }) => earned),
    exercises.map((exercise) => exercise.status).join(", "),
  ];
  const notes = [...grade.notes, ...exercises.flatMap((exercise) => exercise.notes)].join("; ");
  const wanted = [points.join(" "), statuses?.join(", "), note, status].filter(Boolean).join("; ");
  const isRight = same(own, points) && (!statuses || results === statuses.join(", ")) && (note?.test(notes) ?? true);
  return told(`${name}: ours ${own.join(" ")}, ${results}; ${notes}`, isRight && grade.status === status, wanted);
}

function same(points: (number | null)[], wanted: number[]): boolean {
  return points.length === wanted.length && points.every((value, index) => value === wanted[index]);
}

function told(what: string, passed: boolean, wanted = ""): boolean {
  console.log(`${passed ? "ok    " : "FAILED"} ${what}${passed || wanted === "" ? "" : `, wanted ${wanted}`}`);
  return passed;
}
