import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { course } from "../../lib/commands/course";
import { loadAssignment } from "../../lib/grading/assignment";
import { gradeFolder, resultFile } from "../../lib/grading/gradeFolder";
import type { Grade } from "../../lib/grading/gradeSubmission";
import { toRelease } from "../../lib/grading/toRelease";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Cell, Notebook } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { newProject } from "../commands/project";
import { mutations } from "./mutations";
import { TINY_ANSWERS, tinyAssignment } from "./tinyAssignment";

const project = newProject();
after(() => project.remove());
project.write("notebooks/99-tiny.ipynb", formatNotebook(tinyAssignment()));
const file = join(project.folder, "notebooks/99-tiny.ipynb");
const assignment = loadAssignment(file);
const made = new Map(mutations(assignment, TINY_ANSWERS).map((mutation) => [mutation.name, mutation]));

/** A submission, from one that is made up, with more changes. */
function submit(student: string, from: string, change: (notebook: Notebook, find: (id: string) => Cell) => void): void {
  const notebook = JSON.parse(made.get(from)!.text!);
  for (const cell of notebook.cells) cell.source = cell.source.join("");
  change(notebook, (id) => notebook.cells.find((cell: Cell) => cell.id === id));
  project.write(`class/submitted/${student}/99-tiny/99-tiny.ipynb`, formatNotebook(withOutputs(notebook)));
}

function withOutputs(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell) => ({ ...cell, outputs: [] })) };
}

function extra(id: string, source: string): Cell {
  return { cell_type: "code", id, source, metadata: {}, outputs: [], execution_count: null };
}

/** What a submission may not do. */
const ESCAPES = `import * as fs from "node:fs";
import { execSync } from "node:child_process";
const tried = [
  () => fs.readFileSync(${JSON.stringify(file)}),
  () => fs.readdirSync(${JSON.stringify(join(project.folder, "class"))}),
  () => fs.writeFileSync(${JSON.stringify(join(project.folder, "lib", "x.ts"))}, ""),
  () => execSync("true"),
  () => fs.writeFileSync("own.txt", "mine"),
].map((attempt) => { try { attempt(); return "done"; } catch (error) { return (error as { code: string }).code; } });
console.log(tried.join());
console.log(process.env.SECRET_OF_THE_TEACHER);`;

const limits = ["--cell", "5", "--memory", "0.6", "--due", "2026-11-30T12:00Z", "--roster", "roster.csv"];
const grade = ["course", "grade", "class", ...limits, "--json", join(project.folder, "grades.json")];

/** Calls the command in this process; what it prints goes into the list. */
async function inProcess(context: TestContext, args: string[]): Promise<{ code: number; printed: string }> {
  const { mock } = context.mock.method(console, "log", () => {});
  const code = await course(args);
  const printed = mock.calls.map(({ arguments: [line] }) => String(line)).join("\n");
  mock.restore();
  return { code, printed };
}

test("course release writes the students' version", async (context) => {
  const { code, printed } = await inProcess(context, ["release", file, "--out", join(project.folder, "out")]);
  assert.equal(code, 0);
  assert.match(printed, /^wrote .*99-tiny\.ipynb: 3 exercises, 6 points$/);
  const written = loadNotebook(join(project.folder, "out/99-tiny.ipynb"));
  assert.equal(formatNotebook(written), formatNotebook(toRelease(assignment)));
});

test("course grade tells apart what students do, in a sandbox", async () => {
  submit("ada", "no-check-cell", (_, find) => {
    find("recall").source += '\nconsole.error("careful");';
    find("change").source = `${find("change").source}\n${TINY_ANSWERS.half}`;
    find("build").source = HOG;
  });
  submit("bob", "patches", (notebook, find) => {
    notebook.cells.unshift(extra("escapes", ESCAPES));
    find("recall").source += '\nconsole.log("1 of 1 point: right");';
    find("recall-check").source = "1";
    find("change").source = "await new Promise(() => {});";
    find("build").source += '\nconst wrongly: number = "text";';
    find("build").metadata.nbgrader = undefined;
  });
  project.write("class/submitted/ada/99-tiny/timestamp.txt", "2026-11-30 14:00:00.5 UTC");
  project.write("class/submitted/dan/99-tiny/99-tiny.ipynb", "{");
  project.write("roster.csv", "ada,1\neve,2\n");
  process.env.SECRET_OF_THE_TEACHER = "secret";
  const { code, stdout, stderr } = await project.run(grade);
  delete process.env.SECRET_OF_THE_TEACHER;
  assert.deepEqual([code, stderr], [0, ""], stdout);
  assert.match(stdout, /^99-tiny: 4 students, \d+ at once$/m);
  assert.match(stdout, /^\[\d\/4\] ada: 2 of 6 {2}… /m);
  const report = JSON.parse(readFileSync(join(project.folder, "grades.json"), "utf8"));
  const grades = new Map<string, Grade>(report.grades.map((one: Grade) => [one.student, one]));
  const told = (student: string) => {
    const { status, exercises } = grades.get(student)!;
    return [status, ...exercises.map((one) => [one.earned, one.status, ...one.notes].join("; "))];
  };
  assert.deepEqual(told("ada"), [
    "graded",
    "1; right; the check cell was deleted; it was put back",
    "1; partly right",
    "0; ended the kernel",
  ]);
  assert.deepEqual(told("bob"), [
    "graded",
    "0; wrong; the check cell was changed; the teacher's was run instead; " +
      "the answer prints a line like that of a check; it does not count",
    "0; took too long",
    "0; does not compile; the grade_id was changed or removed; the cells were found by their ids",
  ]);
  assert.deepEqual([told("dan")[0], told("eve")[0]], ["not a notebook", "missing"]);
  assert.equal(grades.get("ada")!.late, 7201);
  assert.match(grades.get("ada")!.exercises[2].detail, /took more memory than there is for it/);
  const { cells } = loadNotebook(join(project.folder, "class-graded/notebooks/bob.ipynb"));
  const denied = Array<string>(4).fill("ERR_ACCESS_DENIED");
  const text = `${[...denied, "done"].join()}\nundefined\n`;
  assert.deepEqual(cells[0].outputs, [{ output_type: "stream", name: "stdout", text }]);
  assert.ok(!existsSync(join(project.folder, "lib", "x.ts")));
});

test("course grade writes a table of points, a summary, and pages of feedback without hidden tests", () => {
  const read = (name: string) => readFileSync(join(project.folder, "class-graded", name), "utf8");
  const [head, ada, bob] = read("points.csv").split("\r\n");
  assert.equal(head, "student,assignment,status,points,of,recall-check,change-check,build-check,late_seconds,notes");
  assert.match(ada, /^ada,99-tiny,graded,2,6,1,1,0,7201,"?change-check: partly right; build-check: ended the kernel;/);
  assert.match(bob, /^bob,99-tiny,graded,0,6,0,0,0,,/);
  assert.match(read("index.html"), /<a href="feedback\/ada\.html">ada<\/a><\/td><td>2 of 6</);
  const [page, other] = ["ada", "bob"].map((name) => read(`feedback/${name}.html`));
  for (const text of ["2 of 6 points", "late by 2 h", "your answer is 12 % too low", "KernelDeathError"])
    assert.ok(page.includes(text), text);
  assert.match(other, /TypeScriptError/);
  for (const text of [page, other]) assert.doesNotMatch(text, /HIDDEN|parts\.push|BEGIN SOLUTION/);
  assert.match(read("feedback/dan.html"), /not a notebook/);
});

test("course grade grades again only what has changed, and course report shows the points", async (context) => {
  project.write("class/submitted/dan/99-tiny/99-tiny.ipynb", "{}");
  const again = await project.run(grade);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(again.stdout.match(/kept from the last time/g)?.length, 3);
  assert.match(again.stdout, /dan: not a notebook {2}… \d/);
  const { code, printed } = await inProcess(context, ["report", join(project.folder, "class")]);
  assert.equal(code, 0);
  assert.match(printed, /^ada +2 of 6 {2}1 right, 1 partly right, 0 ended the kernel$/m);
});

test("gradeFolder() ends on a signal with what is finished", async () => {
  const out = join(project.folder, "stopped");
  const stop = new AbortController();
  const submissions = ["a", "b"].map((student) => ({ student, text: "{", isLate: false, notes: [] }));
  const limits = { cell: 1, notebook: 1, memory: 1, output: 1 };
  const onProgress = () => stop.abort();
  const grades = await gradeFolder(assignment, submissions, { out, jobs: 1, limits, signal: stop.signal, onProgress });
  assert.deepEqual(
    grades.map(({ student }) => student),
    ["a"],
  );
  assert.deepEqual([existsSync(resultFile(out, "a")), existsSync(resultFile(out, "b"))], [true, false]);
});

test("course refuses what it cannot do, with the cure", async () => {
  const refused = async (message: RegExp | string, ...args: string[]) =>
    assert.rejects(() => course(args), { name: "Error", message });
  await refused(/^There is no step "mark"; there are release, grade, report and nbgrader\. Usage: /, "mark");
  await refused("There is no folder nowhere; give the folder of the submissions", "grade", "nowhere");
  await refused('--jobs is "0"; give a number above 0', "grade", project.folder, "--jobs", "0");
  await refused(
    /^--due is "soon"; give a date with its time zone, as in 2026-/,
    "grade",
    project.folder,
    "--due",
    "soon",
  );
  project.write("empty/x.ipynb", "{}");
  const empty = join(project.folder, "empty");
  const unnamed = `No submission in ${empty} says which lesson it belongs to; give it with --lesson, as in --lesson 02`;
  await refused(unnamed, "grade", empty);
  await refused(`Nothing is graded in ${empty} yet; npm run course -- grade ${empty} does it`, "report", empty);
  project.writeNotebook("notebooks/98-none.ipynb", [extra("a", "1")]);
  const none = join(project.folder, "notebooks/98-none.ipynb");
  await refused(/98-none\.ipynb cannot be handed out: no cell checks an answer: .*docs\/course\.md/, "release", none);
  await refused(/^There is no notebook x\.txt; give a lesson's number, as in 02, or the path/, "release", "x.txt");
  await refused(
    /99-tiny\.ipynb is the notebook with the solutions; give another folder/,
    "release",
    file,
    "--out",
    dirname(file),
  );
});

/** Takes memory beyond its limit, and waits. */
const HOG = `const hog = Array.from({ length: 24 }, () => Buffer.alloc(2 ** 26, 1));
await new Promise(() => {});`;
