import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
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

test("runs compares the runs that are named, in the terminal, as a page and as JSON", async () => {
  const lesson = { file: "notebooks/01-a.ipynb", status: "ok", seconds: 90, cells: 3 };
  const summary = { lessons: [{ ...lesson, parameters: { epochs: 9 }, metrics: { testAccuracy: 0.95 } }] };
  project.write("runs/2026-02-01T00-00-00/summary.json", JSON.stringify(summary));
  const ended = await project.run(["runs", "2026-01-02", "last", "--html", "out/c.html", "--json", "out/c.json"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /^testAccuracy +0\.9012 +0\.9500 \(\+0\.0488\)$/m);
  assert.match(ended.stdout, /^wrote out\/c\.html$/m);
  assert.match(readFileSync(join(project.folder, "out/c.html"), "utf8"), /class="output figure"/);
  const { lessons } = JSON.parse(readFileSync(join(project.folder, "out/c.json"), "utf8"));
  assert.deepEqual(lessons[0].parameters, { epochs: [3, 9] });

  const alone = await project.run(["runs", "last"]);
  const wanted = "Two runs of the same lesson are wanted to compare; npm run runs lists those there are\n";
  assert.deepEqual([alone.code, alone.stderr.split("\n").slice(-2).join("\n")], [2, wanted]);
});
