import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { loadAssignment } from "../../lib/grading/assignment";
import { assignmentFaults } from "../../lib/grading/assignmentFaults";
import { gradedCells } from "../../lib/grading/gradedCell";
import { writeNbgraderCourse } from "../../lib/grading/nbgraderCourse";
import { cutRegions, regionFaults } from "../../lib/grading/regions";
import { assignmentName, toRelease } from "../../lib/grading/toRelease";
import { withValues } from "../../lib/grading/withValues";
import { formatNotebook, saveNotebook } from "../../lib/runner/formatNotebook";
import { code, notebookOf, prose } from "../runner/samples";
import { answer, check, tinyAssignment } from "./tinyAssignment";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

test("cutRegions() leaves a stub as far indented as the mark, and nothing where none is given", () => {
  const source = "a\n  // ### BEGIN SOLUTION\n  b\n  // ### END SOLUTION\nc";
  assert.equal(cutRegions(source, "SOLUTION", "// here"), "a\n  // here\nc");
  assert.equal(cutRegions(source, "SOLUTION"), "a\nc");
  assert.equal(cutRegions(source, "HIDDEN TESTS"), source);
});

test("regionFaults() names marks that are nested, open or without a beginning, by their line", () => {
  const [begin, end, hide, show] = ["BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"].map(
    (words) => `// ### ${words}`,
  );
  const faults = (...lines: string[]) => regionFaults(lines.join("\n"));
  assert.deepEqual(faults(begin, "a", end, hide, show), []);
  assert.deepEqual(faults("a", begin), ["SOLUTION begins in line 2 and does not end"]);
  assert.deepEqual(faults(end), ["line 1 ends SOLUTION, which has not begun"]);
  assert.deepEqual(faults(begin, begin, end), ["line 2 begins SOLUTION within SOLUTION, which began in line 1"]);
  assert.deepEqual(faults(begin, hide, show), ["line 2 begins HIDDEN TESTS within SOLUTION, which began in line 1"]);
  assert.deepEqual(faults(hide, end), ["line 2 ends SOLUTION, which has not begun"]);
});

test("assignmentFaults() finds each fault, and none in an assignment", () => {
  assert.deepEqual(assignmentFaults(tinyAssignment()), []);
  const solved = "// ### BEGIN SOLUTION\n1\n// ### END SOLUTION";
  const faults = (...cells: Parameters<typeof notebookOf>) => assignmentFaults(notebookOf(...cells));
  assert.deepEqual(faults(prose("text")), [
    "no cell checks an answer: the metadata nbgrader with grade: true makes a check",
  ]);
  assert.deepEqual(faults(answer("a", "1"), check("b", 1, "1")), [
    "cell a: the answer has no solution; put one between // ### BEGIN SOLUTION and // ### END SOLUTION",
  ]);
  assert.deepEqual(faults(answer("a", solved), check("b", 0, "const points = 1;")), [
    "cell b: the check has no points; give it points above 0",
    "cell b: the check does not end with a value; end it with the points",
  ]);
  assert.deepEqual(faults(code(solved), check("b", 1, "1")), [
    "cell c1: SOLUTION begins in a cell whose metadata do not make it the answer",
  ]);
  const twin = { ...check("b", 1, "1"), id: "twin" };
  assert.deepEqual(faults(answer("a", solved), check("b", 1, "1"), twin, { ...check("", 1, "1"), id: "none" }), [
    'cell twin: the grade_id "b" is that of cell b already; give each its own',
    'cell none: the grade_id is ""; give letters, digits, _ and - that no other cell has',
  ]);
  const written = { ...answer("a", solved), metadata: { nbgrader: { grade: true, solution: true, grade_id: "a" } } };
  assert.deepEqual(faults(written, check("b", 1, "1")), ["cell a: it is to be graded by hand; set grade: false"]);
  const text = { ...answer("a", solved), cell_type: "markdown" as const };
  assert.deepEqual(faults(text, check("b", 1, "1")), ["cell a: a cell of text cannot be the answer; code is wanted"]);
});

test("loadAssignment() refuses a notebook with all its faults in one message", () => {
  const file = join(folder, "broken.ipynb");
  saveNotebook(file, notebookOf(answer("a", "1"), check("b", 1, "const a = 1;")));
  assert.throws(() => loadAssignment(file), {
    name: "RangeError",
    message:
      `${file} cannot be handed out: cell a: the answer has no solution; put one between // ### BEGIN SOLUTION and ` +
      "// ### END SOLUTION; cell b: the check does not end with a value; end it with the points (docs/course.md has the form)",
  });
});

test("a release has no solutions, hidden tests or outputs, small values, and code that is to be seen", () => {
  const source = tinyAssignment();
  source.cells[2].outputs = [{ output_type: "stream", name: "stdout", text: "old" }];
  source.cells[2].execution_count = 3;
  const file = join(folder, "99-tiny.ipynb");
  saveNotebook(file, source);
  const assignment = loadAssignment(file);
  assert.deepEqual(
    assignment.exercises.map(({ id, title, points, answers }) => [id, title, points, answers.map((one) => one.id)]),
    [
      ["recall-check", "1 · Recall (1 point)", 1, ["recall"]],
      ["change-check", "2 · Change (2 points)", 2, ["change"]],
      ["build-check", "3 · Build (3 points)", 3, ["build"]],
    ],
  );
  const release = toRelease(assignment);
  const text = formatNotebook(release);
  assert.doesNotMatch(text, /SOLUTION|HIDDEN|letter = \\"b\\"|all may be negative|source_hidden|hide-input|"old"/);
  assert.equal(assignmentName(release), "99-tiny");
  const [parameters, recall] = [1, 5].map((place) => release.cells[place]);
  assert.equal(parameters.source, "const size: number = 10; // 1 to 1000");
  assert.deepEqual(recall.source, 'let letter = ""; // "a", "b" or "c"\n// Your code here');
  assert.deepEqual(
    gradedCells(release).map(({ id, kind, points }) => [id, kind, points]),
    [
      ["parameters", "locked", 0],
      ["recall", "answer", 0],
      ["recall-check", "check", 1],
      ["change", "answer", 0],
      ["change-check", "check", 2],
      ["build", "answer", 0],
      ["build-check", "check", 3],
    ],
  );
  assert.ok(release.cells.every(({ execution_count }) => execution_count === null));
});

test("withValues() changes values where they are declared, and nothing else", () => {
  const source = 'const a: number = 1, b = "x"; // 1 to 5\nlet c = [1]; // a = 1';
  assert.equal(
    withValues(source, { a: 22, c: [2, 3], d: 4 }),
    'const a: number = 22, b = "x"; // 1 to 5\nlet c = [2,3]; // a = 1',
  );
});

test("writeNbgraderCourse() writes sources and settings, and keeps settings that are there", () => {
  const file = join(folder, "99-tiny.ipynb");
  saveNotebook(file, tinyAssignment());
  const assignment = loadAssignment(file);
  const course = join(folder, "course");
  const files = writeNbgraderCourse(course, [assignment]).map((written) => relative(course, written));
  assert.deepEqual(files, ["nbgrader_config.py", join("source", "99-tiny", "99-tiny.ipynb")]);
  assert.match(readFileSync(join(course, files[0]), "utf8"), /code_stub = \{"typescript": "\/\/ Your code here"\}/);
  assert.match(readFileSync(join(course, files[1]), "utf8"), /BEGIN HIDDEN TESTS/);
  assert.equal(writeNbgraderCourse(course, [assignment], true).length, 1);
});
