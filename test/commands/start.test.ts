import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { code, prose } from "../runner/samples";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

const parameters = code("const epochs: number = 10;\nconst fresh: boolean = false;", "parameters");
const reused =
  'console.log("Epochs 1 to 2 were trained before and taken from data/models/x (train with fresh: true to …");';
project.writeNotebook(
  "notebooks/01-good.ipynb",
  [
    prose("# Good"),
    parameters,
    code('import { record } from "./lib/notebook/record";\nrecord("score", epochs / 8);'),
    code(reused),
  ],
  { atelier: { quick: { epochs: 2 } } },
);
project.writeNotebook("notebooks/02-bad.ipynb", [prose("# Bad"), code('throw new Error("on purpose");')]);
project.writeNotebook("notebooks/draft.ipynb", [code('throw new Error("not a lesson");')]);

test("start runs every lesson, also after one that failed, and leaves notebooks, pages and a summary", async () => {
  const { code: exit, stdout, stderr } = await project.run(["start", "--quick", "--fresh"]);
  assert.equal(exit, 1, stdout + stderr);
  const [time] = readdirSync(join(project.folder, "runs"));
  const folder = join(project.folder, "runs", time);
  assert.deepEqual(readdirSync(folder).sort(), [
    "01-good.html",
    "01-good.ipynb",
    "02-bad.html",
    "02-bad.ipynb",
    "summary.json",
  ]);
  const { lessons } = JSON.parse(readFileSync(join(folder, "summary.json"), "utf8"));
  const [good, bad] = lessons;
  assert.deepEqual([good.status, good.cells, good.metrics], ["ok", 4, { score: 0.25 }]);
  assert.equal(good.reusedEpochs, 2);
  assert.match(stdout, /^01-good: 2 epochs were taken from an earlier run; -- --fresh trains again$/m);
  assert.deepEqual(good.parameters, { epochs: 2, fresh: true });
  assert.ok(good.file.endsWith("01-good.ipynb") && good.seconds > 0);
  assert.deepEqual([bad.status, bad.metrics, lessons.length], ["failed", {}, 2]);
  assert.match(stdout, /^01-good +ok +score 0\.25(00)? +4 +[\d.]+ s$/m);
  assert.match(stdout, /^02-bad +failed /m);
  assert.match(stdout, /cell 1 \(.*\): Error: on purpose$/m);
  assert.match(stdout, new RegExp(`^open ${join("runs", time, "01-good.html").replace(/\\/g, "\\\\")}$`, "m"));
});

test("start runs only the lessons asked for, with the parameters given", async () => {
  const { code: exit, stdout } = await project.run(["start", "1", "-p", "epochs=4"]);
  assert.equal(exit, 0, stdout);
  assert.match(stdout, /^01-good +ok +score 0\.5(000)? /m);
  assert.doesNotMatch(stdout, /02-bad/);
});

test("start sets a parameter in the lessons that have it, and refuses one that none has", async () => {
  const ended = await project.run(["start", "-p", "epoch=3"]);
  const message = 'There is no parameter "epoch" in these lessons; they have epochs, fresh\n';
  assert.deepEqual(ended, { code: 2, stdout: "", stderr: message });
});

test("start makes no folder for a run it refuses", async () => {
  const before = existsSync(join(project.folder, "runs")) ? readdirSync(join(project.folder, "runs")).length : 0;
  const ended = await project.run(["start", "-p", "epochs=many"]);
  assert.deepEqual(ended, { code: 2, stdout: "", stderr: 'The parameter epochs is "many"; a number is wanted\n' });
  assert.equal(existsSync(join(project.folder, "runs")) ? readdirSync(join(project.folder, "runs")).length : 0, before);
});

test("start keeps the score of a lesson whose page cannot be written, and says why", async () => {
  const take = `import * as fs from "fs";
import { record } from "./lib/notebook/record";
record("score", 0.75);
fs.mkdirSync(\`../runs/\${fs.readdirSync("../runs").sort().pop()}/03-pageless.html\`);`;
  project.writeNotebook("notebooks/03-pageless.ipynb", [prose("# Pageless"), code(take)]);
  const { code: exit, stdout } = await project.run(["start", "3"]);
  assert.equal(exit, 0, stdout);
  assert.match(stdout, /^the page .*03-pageless\.html could not be written: E[A-Z]+: /m);
  const time = readdirSync(join(project.folder, "runs")).sort().pop() as string;
  const { lessons } = JSON.parse(readFileSync(join(project.folder, "runs", time, "summary.json"), "utf8"));
  assert.deepEqual([lessons[0].status, lessons[0].metrics], ["ok", { score: 0.75 }]);
});
