import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

test("runs says so where there is no run, lists those there are, and passes over what is none", async () => {
  const none = { code: 0, stdout: "No runs yet: npm start makes the first one.\n", stderr: "" };
  assert.deepEqual(await project.run(["runs"]), none);

  const lesson = { file: "notebooks/01-a.ipynb", status: "ok", seconds: 90, cells: 3 };
  const summary = { lessons: [{ ...lesson, parameters: { epochs: 3 }, metrics: { testAccuracy: 0.9012345 } }] };
  project.write("runs/2026-01-02T03-04-05/summary.json", JSON.stringify(summary));
  project.write("runs/2026-01-03T00-00-00/summary.json", '{"lessons": [{"file": 3}]}');
  project.write("runs/2026-01-04T00-00-00/summary.json", '{"less');
  project.write("runs/notes.txt", "not a run");
  const { code, stdout, stderr } = await project.run(["runs"]);
  assert.equal(code, 0);
  const [head, rule, row, ...rest] = stdout.trimEnd().split("\n");
  assert.match(head, /^time +lesson +parameters +results +minutes$/);
  assert.match(rule, /^[- ]+$/);
  assert.match(row, /^2026-01-02T03-04-05 +01-a +epochs=3 +testAccuracy 0.9012 +1\.5$/);
  assert.deepEqual(rest, []);
  const notes = stderr.trimEnd().split("\n");
  assert.equal(notes.length, 2);
  for (const note of notes) assert.match(note, /summary\.json is not a summary of a run; passed over$/);
});
