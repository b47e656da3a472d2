import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadAssignment } from "../../lib/grading/assignment";
import { restore } from "../../lib/grading/restore";
import { scoreExercise } from "../../lib/grading/scoreExercise";
import type { CellRun } from "../../lib/grading/runSubmission";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import type { Cell, Output } from "../../lib/runner/notebook";
import { parseNotebook } from "../../lib/runner/parseNotebook";
import { mutations } from "./mutations";
import { TINY_ANSWERS, tinyAssignment } from "./tinyAssignment";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, "99-tiny.ipynb");
saveNotebook(file, tinyAssignment());
const assignment = loadAssignment(file);
const made = new Map(mutations(assignment, TINY_ANSWERS).map((mutation) => [mutation.name, mutation]));

/** A submission put together, after a change of its cells. */
function restored(name: string, change: (cells: Cell[]) => Cell[] = (cells) => cells) {
  const notebook = parseNotebook(made.get(name)!.text!);
  return restore(assignment, { ...notebook, cells: change(notebook.cells) });
}

/** Its code cells, in short. */
const kinds = ({ cells }: ReturnType<typeof restore>) =>
  cells
    .filter(({ cell }) => cell.cell_type === "code")
    .map(({ check, answers }) => (check ? `check ${check.points}` : answers ? `answer ${answers.points}` : "other"));

const WHOLE = ["other", "other", "answer 1", "check 1", "answer 2", "check 2", "answer 3", "check 3"];

test("restore() puts the teacher's checks in the place of the student's", () => {
  const { cells, findings } = restored("changed-check");
  assert.deepEqual(kinds({ cells, findings }), WHOLE);
  assert.match(cells.at(-1)!.cell.source, /HIDDEN TESTS/);
  assert.deepEqual(
    [...findings.values()].map(({ answer }) => answer),
    ["as handed out", "as handed out", "as handed out"],
  );
});

test("restore() puts back checks that are missing, wherever they were", () => {
  for (const gone of [
    ["recall-check"],
    ["change-check", "build-check"],
    ["recall-check", "change-check", "build-check"],
  ])
    assert.deepEqual(
      kinds(restored("right", (cells) => cells.filter(({ id }) => !gone.includes(id)))),
      WHOLE,
      gone.join(),
    );
  const none = restored("right", () => []);
  assert.deepEqual(kinds(none), ["check 1", "check 2", "check 3"]);
  assert.equal(none.findings.get("build-check")!.answer, "deleted");
});

test("restore() knows cells by their ids where the grade_ids are gone, and parts of a cell by one grade_id", () => {
  assert.deepEqual(kinds(restored("no-metadata")), WHOLE);
  assert.deepEqual(kinds(restored("split-answer")), [...WHOLE.slice(0, 4), "answer 2", ...WHOLE.slice(4)]);
  const twice = restored("right", (cells) => [...cells, { ...cells.at(-1)!, id: "copy" }]);
  assert.deepEqual(kinds(twice), WHOLE);
  assert.deepEqual(twice.findings.get("build-check")!.notes, ["the check cell was there 2 times; it was run once"]);
});

test("restore() sets the parameters back", () => {
  const change = (cells: Cell[]) =>
    cells.map((cell, at) => (at === 1 ? { ...cell, source: "const size = 1e9;" } : cell));
  assert.equal(restored("right", change).cells[1].cell.source, "const size: number = 10; // 1 to 1000");
});

test("scoreExercise() takes points only from the one number that a check gives", () => {
  const whole = restored("right");
  const runs: CellRun[] = whole.cells.map(() => ({ status: "ok", wasCut: false }));
  const score = (...outputs: Output[]) => {
    whole.cells.at(-1)!.cell.outputs = outputs;
    const { earned, status, notes } = scoreExercise(assignment.exercises[2], whole, runs);
    return [earned, status, ...notes];
  };
  const gave = (text: unknown): Output => ({
    ...{ output_type: "execute_result", metadata: {}, execution_count: 1 },
    data: { "text/plain": text },
  });
  const printed = (name: string): Output => ({ output_type: "stream", name, text: "3" });
  const failed: Output = { output_type: "error", ename: "Error", evalue: "", traceback: [] };
  const shown: Output = { output_type: "display_data", data: { "text/plain": "3" }, metadata: {} };
  const noNumber = "the check did not give one number; no points";
  assert.deepEqual(score(gave("3")), [3, "right"]);
  assert.deepEqual(score(printed("stdout"), gave("1.5")), [1.5, "partly right"]);
  assert.deepEqual(score(gave("0")), [0, "wrong"]);
  assert.deepEqual(score(), [0, "wrong"]);
  assert.deepEqual(score(printed("stdout"), shown), [0, "wrong"]);
  assert.deepEqual(score(gave("3"), failed), [0, "wrong"]);
  for (const value of ["-1", "NaN", "Infinity", "3 points", "Promise { 3 }", undefined])
    assert.deepEqual(score(gave(value)), [0, "wrong", noNumber], String(value));
  assert.deepEqual(score(gave("3"), gave("0")), [0, "wrong", noNumber]);
  const more = "the check gave 30 points of 3; the rest does not count";
  assert.deepEqual(score(gave("30")), [3, "right", more]);
  const warned = "a text on stderr while the check ran; as in nbgrader that gives no points";
  assert.deepEqual(score(printed("stderr"), gave("3")), [0, "wrong", warned]);
});
