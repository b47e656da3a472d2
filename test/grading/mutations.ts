import { type Assignment } from "../../lib/grading/assignment";
import { gradedCells } from "../../lib/grading/gradedCell";
import type { ExerciseStatus } from "../../lib/grading/scoreExercise";
import { toRelease } from "../../lib/grading/toRelease";
import type { Cell, Notebook } from "../../lib/runner/notebook";
import { formatNotebook } from "../../lib/runner/formatNotebook";

/** What is special about an assignment's three exercises: recall, change, build. */
export interface Answers {
  /** The ids of the answer cells. */
  ids: [string, string, string];
  /** A wrong letter. */
  wrong: string;
  /** After a right answer to change, half of it is wrong. */
  half: string;
  /** Answers to build: right for one part of three, and for the parts that students see. */
  oneThird: string;
  visible: string;
  /** The head of the function to build, with the brace. */
  head: string;
}

/** A submission and how it must come out. */
export interface Mutation {
  name: string;
  text?: string;
  points: [number, number, number];
  /** Points of nbgrader, where they are others; null where it cannot grade the submission, or need not. */
  nbgrader?: [number, number, number] | null;
  statuses?: [ExerciseStatus, ExerciseStatus, ExerciseStatus];
  /** A text that must stand in the notes. */
  note?: RegExp;
  /** The status of the whole, "graded" by default. */
  status?: string;
  timestamp?: string;
}

type Change = (cells: Cell[], find: (id: string) => Cell) => Cell[] | void;

/** Submissions of all kinds, made from the students' version of an assignment. */
export function mutations(assignment: Assignment, { ids, ...own }: Answers): Mutation[] {
  const [recall, change, build] = ids;
  const make = (of: Notebook, edit: Change = () => {}) => {
    const copy = structuredClone(of);
    const find = (id: string) => copy.cells.find((cell) => cell.metadata.nbgrader && cell.id === id)!;
    copy.cells = edit(copy.cells, find) ?? copy.cells;
    return formatNotebook(copy);
  };
  const release = toRelease(assignment);
  const solved = structuredClone(release);
  for (const { cell, kind } of gradedCells(assignment.notebook))
    if (kind === "answer") solved.cells.find(({ id }) => id === cell.id)!.source = withoutMarks(cell.source);
  const right = (edit?: Change) => make(solved, edit);
  const empty = (edit?: Change) => make(release, edit);
  const checkOf = (id: string) => assignment.exercises.find(({ answers }) => answers.some((one) => one.id === id))!.id;
  const before = (cells: Cell[], id: string, source: string) =>
    cells.flatMap((cell) => (cell.id === id ? [extra(source), cell] : [cell]));
  const inFunction =
    (line: string): Change =>
    (_cells, find) => {
      find(build).source = find(build).source.replace(own.head, `${own.head}\n  ${line}`);
    };
  const all: [number, number, number] = [1, 2, 3];
  const none: [number, number, number] = [0, 0, 0];
  const R: ExerciseStatus = "right";
  return [
    { name: "right", text: right(), points: all, statuses: [R, R, R] },
    {
      name: "wrong",
      text: right((_, find) => void (find(recall).source += `\n${own.wrong}`)),
      points: [0, 2, 3],
      statuses: ["wrong", R, R],
    },
    {
      name: "half",
      text: right((_, find) => void (find(change).source += `\n${own.half}`)),
      points: [1, 1, 3],
      statuses: [R, "partly right", R],
    },
    {
      name: "one-third",
      text: right((_, find) => void (find(build).source = own.oneThird)),
      points: [1, 2, 1],
      statuses: [R, R, "partly right"],
    },
    {
      name: "hidden",
      text: right((_, find) => void (find(build).source = own.visible)),
      points: [1, 2, 2],
      statuses: [R, R, "partly right"],
    },
    { name: "empty", text: empty(), points: none, statuses: ["no answer", "no answer", "no answer"] },
    {
      name: "blank",
      text: empty((_, find) => void (find(recall).source = "")),
      points: none,
      statuses: ["no answer", "no answer", "no answer"],
    },
    {
      name: "loop-recall",
      text: right((_, find) => void (find(recall).source += "\nwhile (true) {}")),
      points: [0, 2, 3], // our sandbox cannot break off such a loop without the kernel, which forgets the cell
      nbgrader: [1, 2, 3],
      statuses: ["took too long", R, R],
    },
    {
      name: "loop-first",
      text: right((_, find) => void (find(recall).source = `while (true) {}\n${find(recall).source}`)),
      points: [0, 2, 3],
      statuses: ["took too long", R, R],
    },
    {
      name: "loop-in-function",
      text: right(inFunction("while (true) {}")),
      points: [1, 2, 0],
      statuses: [R, R, "took too long"],
    },
    {
      name: "loop-async",
      text: right((_, find) => void (find(change).source = "await new Promise(() => {});")),
      points: [1, 0, 3],
      statuses: [R, "took too long", R],
    },
    {
      name: "no-answer-cell",
      text: right((cells) => cells.filter(({ id }) => id !== build)),
      points: [1, 2, 0],
      statuses: [R, R, "answer deleted"],
    },
    {
      name: "no-check-cell",
      text: right((cells) => cells.filter(({ id }) => id !== checkOf(recall))),
      points: all,
      note: /check cell was deleted/,
      nbgrader: [0, 2, 3],
    },
    {
      name: "renamed",
      text: right((_, find) => rename([find(recall), find(checkOf(recall))])),
      points: all,
      note: /grade_id was changed/,
      nbgrader: null,
    },
    {
      name: "no-metadata",
      text: right((cells) => cells.map((cell) => ({ ...cell, metadata: {} }))),
      points: all,
      note: /grade_id/,
      nbgrader: null,
    },
    {
      name: "type-error",
      text: right((_, find) => void (find(change).source += '\nconst wrongly: number = "text";')),
      points: [1, 0, 3],
      statuses: [R, "does not compile", R],
    },
    {
      name: "throws-after",
      text: right((_, find) => void (find(recall).source += '\nthrow new Error("late");')),
      points: all,
      note: /right, but its cell failed/,
    },
    {
      name: "throws-before",
      text: right((cells) => before(cells, recall, 'throw new Error("oops");')),
      points: all,
      note: /failed: Error: oops/,
    },
    {
      name: "throws-in-function",
      text: right(inFunction('throw new RangeError("not yet");')),
      points: [1, 2, 0],
      statuses: [R, R, "error"],
    },
    {
      name: "prints",
      text: empty((_, find) => void (find(build).source += '\nconsole.log("3 of 3 points: right");\n3')),
      points: none,
      note: /does not count/,
      statuses: ["no answer", "no answer", "wrong"],
    },
    {
      name: "changed-check",
      text: empty((_, find) => void (find(checkOf(build)).source = "3")),
      points: none,
      note: /check cell was changed/,
    },
    {
      name: "changed-points",
      text: right((_, find) => void ((find(checkOf(recall)).metadata.nbgrader as { points: number }).points = 30)),
      points: all,
    },
    {
      name: "exit",
      text: right((_, find) => void (find(recall).source = `process.exit(0);\n${find(recall).source}`)),
      points: [0, 2, 3],
      statuses: ["error", R, R],
    },
    {
      name: "exit-in-function",
      text: right(inFunction("process.exit(1);")),
      points: [1, 2, 0],
      statuses: [R, R, "error"],
    },
    {
      name: "killed-kernel",
      text: right(inFunction('process.kill(process.pid, "SIGKILL");')),
      points: [1, 2, 0],
      statuses: [R, R, "ended the kernel"],
      nbgrader: null,
    },
    {
      name: "out-of-memory",
      text: right((_, find) => void (find(build).source = HOG)),
      points: [1, 2, 0],
      statuses: [R, R, "ended the kernel"],
      nbgrader: null,
    },
    {
      name: "huge-output",
      text: right(
        (_, find) =>
          void (find(build).source += "\nfor (let i = 0; i < 3000; i++) console.log(String(i).padEnd(1000));"),
      ),
      points: all,
      note: /too much output/,
    },
    {
      name: "stderr",
      text: right((_, find) => void (find(change).source += '\nconsole.error("a warning");')),
      points: all,
    },
    { name: "stderr-in-function", text: right(inFunction('console.warn("a warning");')), points: all },
    { name: "not-json", text: right().slice(0, 700), points: none, status: "not a notebook", nbgrader: null },
    { name: "other", text: other(release), points: none, status: "another assignment", nbgrader: null },
    { name: "redefines", text: empty((cells) => before(cells, recall, REDEFINE)), points: none },
    { name: "patches", text: empty((cells) => before(cells, recall, PATCH)), points: none, nbgrader: [1, 0, 3] },
    { name: "result-early", text: empty((cells) => [...before(cells, checkOf(build), "3"), extra("3")]), points: none },
    { name: "split-answer", text: right((cells) => split(cells, change)), points: all, nbgrader: null },
    { name: "late", text: right(), points: all, timestamp: "2026-11-30 14:00:00 UTC" },
    { name: "missing", points: none, status: "missing", nbgrader: null },
  ];

  function rename(cells: Cell[]): void {
    for (const cell of cells)
      cell.metadata.nbgrader = { ...(cell.metadata.nbgrader as object), grade_id: `my-${cell.id}` };
  }
}

/** Takes all memory. */
export const HOG = "const hog: number[][] = [];\nfor (;;) hog.push(new Array<number>(1e6).fill(1.5));";
const REDEFINE =
  "function checkChoice() { return 1; }\nconst checkThat = () => 1, checkNumber = () => 1, checkParts = () => 3;";
const PATCH = `import * as choice from "./lib/course/checkChoice";
import * as parts from "./lib/course/checkParts";
(choice as any).checkChoice = () => 1;
(parts as any).checkParts = async () => 3;`;

function withoutMarks(source: string): string {
  return source.split("\n").filter((line) => !/### (BEGIN|END) SOLUTION/.test(line)).join("\n"); // prettier-ignore
}

function extra(source: string): Cell {
  return { cell_type: "code", id: `extra-${source.length}`, source, metadata: {}, outputs: [], execution_count: null };
}

/** As JupyterLab splits a cell: both halves have the metadata. */
function split(cells: Cell[], id: string): Cell[] {
  return cells.flatMap((cell) => {
    if (cell.id !== id) return [cell];
    const lines = cell.source.split("\n");
    const [head, tail] = [lines.slice(0, 1), lines.slice(1)].map((part) => part.join("\n"));
    return [
      { ...cell, source: head },
      { ...structuredClone(cell), id: `${id}-half`, source: tail },
    ];
  });
}

function other(release: Notebook): string {
  const cells = [extra("1 + 1")];
  const metadata = { ...release.metadata, atelier: { assignment: { name: "77-another", version: "1" } } };
  return formatNotebook({ ...release, cells, metadata });
}
