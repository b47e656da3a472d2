import { answerDigest } from "../../lib/course/answerDigest";
import type { Cell, Notebook } from "../../lib/runner/notebook";
import { code, notebookOf, prose } from "../runner/samples";
import type { Answers } from "./mutations";

/** An answer cell. */
export function answer(id: string, source: string): Cell {
  const nbgrader = { ...COMMON, grade: false, grade_id: id, locked: false, solution: true };
  return {
    ...code(source, "hide-input"),
    id,
    metadata: { jupyter: { source_hidden: true }, tags: ["hide-input"], nbgrader },
  };
}

/** A check cell. */
export function check(id: string, points: number, source: string): Cell {
  return {
    ...code(source),
    id,
    metadata: { nbgrader: { ...COMMON, grade: true, grade_id: id, locked: true, points, solution: false } },
  };
}

const COMMON = { schema_version: 3, task: false };

/** Three exercises of 1, 2 and 3 points, with the ids and kinds of a lesson's, which run in no time. */
export function tinyAssignment(): Notebook {
  const notebook = notebookOf(
    prose("# 99 · Tiny"),
    code("const size: number = 1000; // 1 to 1000", "parameters"),
    code("const values = Array.from({ length: size }, (_, i) => i);"),
    prose("## Exercises"),
    prose("### 1 · Recall (1 point)\n\nWhich one?"),
    answer("recall", SOURCES.recall),
    check(
      "recall-check",
      1,
      `import { checkChoice } from "./lib/course/checkChoice";\ncheckChoice(letter, "${answerDigest("b", "recall")}", { choices: ["a", "b", "c"] });`,
    ),
    prose("### 2 · Change (2 points)\n\nDouble the values; what is their sum?"),
    answer("change", SOURCES.change),
    check("change-check", 2, CHECKS.change),
    prose("### 3 · Build (3 points)\n\nWrite a function."),
    answer("build", SOURCES.build),
    check("build-check", 3, CHECKS.build),
  );
  notebook.metadata = {
    atelier: { quick: { size: 10 } },
    kernelspec: { name: "tslab", language: "typescript", display_name: "TypeScript" },
    language_info: { name: "typescript", file_extension: ".ts" },
  };
  return notebook;
}

const SOURCES = {
  recall: `let letter = ""; // "a", "b" or "c"
// ### BEGIN SOLUTION
letter = "b";
// ### END SOLUTION`,
  change: `let doubled: number[] = [];
let total = NaN;
// ### BEGIN SOLUTION
doubled = values.map((value) => 2 * value);
total = doubled.reduce((sum, value) => sum + value, 0);
// ### END SOLUTION`,
  build: `function largest(list: number[]): number {
  let found = -Infinity;
  // ### BEGIN SOLUTION
  for (const value of list) if (value > found) found = value;
  // ### END SOLUTION
  return found;
}
largest(values);`,
};

const CHECKS = {
  change: `import { checkNumber } from "./lib/course/checkNumber";
import { checkThat } from "./lib/course/checkThat";
const built = await checkThat("doubled has twice each value", () => doubled[3] === 6);
const sum = () => values.reduce((all, value) => all + 2 * value, 0);
built + (await checkNumber(total, sum));`,
  build: `import { checkParts } from "./lib/course/checkParts";
const parts = [
  { is: "the largest may come last", when: () => largest([1, 2, 3]) === 3 },
  { is: "the largest may come first", when: () => largest([3, 2, 1]) === 3 },
];
// ### BEGIN HIDDEN TESTS
parts.push({ is: "all may be negative", when: () => largest([-3, -2]) === -2 });
// ### END HIDDEN TESTS
await checkParts(parts, { points: 3 });`,
};

/** Answers to its exercises. */
export const TINY_ANSWERS: Answers = {
  ids: ["recall", "change", "build"],
  wrong: 'letter = "c";',
  half: "total *= 0.88;",
  oneThird: "function largest(list: number[]): number {\n  return list[0];\n}",
  visible: "function largest(list: number[]): number {\n  return Math.max(0, ...list);\n}",
  head: "function largest(list: number[]): number {",
};
