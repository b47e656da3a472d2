import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { code } from "../runner/samples";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

const parameters = code("const seed: number = 1; // 0 to 9\nconst rate: number = 0.5;", "parameters");
const record = 'import { record } from "./lib/notebook/record";\nrecord("score", seed + rate);';
project.writeNotebook("notebooks/01-good.ipynb", [parameters, code(record)], { atelier: { quick: { rate: 0.25 } } });

const rowFolders = () => readdirSync(join(project.folder, "runs", "rows"));
const filesOf = (id: string) => readdirSync(join(project.folder, "runs", "rows", id)).sort();

test("sweep refuses what it cannot run, before anything is written", async () => {
  const refusals: [words: string[], message: string][] = [
    [["7", "-p", "seed=1"], 'There is no lesson "7"; the lessons are 01'],
    [["none.ipynb", "-p", "seed=1"], "There is no notebook none.ipynb; give the path of a notebook, a lesson's number or a .yaml file"], // prettier-ignore
    [["none.ts", "-p", "seed=1"], "There is no script none.ts; give the path of a notebook, a lesson's number or a .yaml file"], // prettier-ignore
    [["setup.js", "-p", "seed=1", "--quick"], "--quick takes the small parameters of a notebook; the script setup.js has none"], // prettier-ignore
    [["setup.js", "-p", "seed=1", "--timeout", "9"], "--timeout is the longest that a notebook's cell may take; the script setup.js has none"], // prettier-ignore
    [["1", "-p", "seed=10"], "The parameter seed is 10; a whole number from 0 to 9 is wanted"],
  ];
  const ends = await Promise.all(refusals.map(([words]) => project.run(["sweep", ...words])));
  assert.deepEqual(
    ends,
    refusals.map(([, message]) => ({ code: 2, stdout: "", stderr: `${message}\n` })),
  );
  assert.ok(!existsSync(join(project.folder, "runs")));
});

test("sweep shows its rows for --dry-run, those of a file too", async () => {
  project.write("rates.yaml", "notebook: notebooks/01-good.ipynb\nparameters:\n  rate: [0.1, 0.2]\n  seed: 1..2\n");
  const ended = await project.run(["sweep", "rates.yaml", "-p", "rate=0.3", "--dry-run"]);
  assert.deepEqual(ended, { code: 0, stdout: "seed=1\nseed=2\nrates: 2 rows\n", stderr: "" });
});

describe("with the real kernel", () => {
  test("sweep runs each row once, in a folder of its own, and a second time nothing", async () => {
    const words = ["sweep", "1", "--quick", "-p", "seed=1..2", "--at-once", "2"];
    const ended = await project.run(words);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const [opening, ...lines] = ended.stdout.trimEnd().split("\n");
    assert.match(opening, /^01-good-[0-9a-f]{6}: 2 rows, 2 at a time$/);
    const rows = lines.slice(0, 2).map((line) => line.replace(/^\[\d\/2\] (.*) {2}[\d.]+ s$/, "$1"));
    assert.deepEqual(rows.sort(), ["seed=1  score 1.2500", "seed=2  score 2.2500"]);
    const name = opening.split(":")[0];
    assert.deepEqual(lines.slice(2), ["2 rows: 2 finished", `npm run runs -- --sweep ${name} draws them`]);
    assert.equal(rowFolders().length, 2);
    for (const id of rowFolders())
      assert.deepEqual(filesOf(id), ["log.txt", "notebook.ipynb", "parameters.json", "report.json", "row.json"]);

    const again = await project.run(words);
    assert.equal(again.code, 0);
    const [first] = again.stdout.split("\n");
    assert.equal(first, `${name}: 2 rows, finished already`);
    const more = await project.run([...words, "-p", "seed=1..2", "-p", "seed=2..3", "--name", "more"]);
    assert.match(more.stdout, /^more: 2 rows, 1 finished already, 1 left, 2 at a time\n\[2\/2\] seed=3 /);
  });

  test("sweep halves: all rows with a small budget, the best with more, the same again", async () => {
    const budget = code("const rate: number = 1;\nconst epochs: number = 4; // 1 to 8", "parameters");
    const scores = 'import { record } from "./notebooks/lib/notebook/record";\nrecord("loss", rate / epochs);';
    project.writeNotebook("halved.ipynb", [budget, code(scores)]);
    const words = "sweep halved.ipynb -p rate=3,1 --halve epochs=1..2 --keep 2 --metric loss --least --name halved";
    const ended = await project.run(words.split(" "));
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const told = ended.stdout.replace(/ {2}[\d.]+ s$/gm, "").split("\n");
    assert.deepEqual(told.slice(-6), [
      "budget 2 of 2, epochs=2",
      "halved: 1 row, 1 at a time",
      "[1/1] rate=1 epochs=2  loss 0.5000",
      "3 rows: 3 finished",
      "npm run runs -- --sweep halved draws them",
      "",
    ]);
    const again = await project.run(words.split(" "));
    assert.match(
      again.stdout,
      /^budget 1 [^]*\nhalved: 2 rows, finished already\n[^]*\nhalved: 1 row, finished already\n/m,
    );
    const drawn = await project.run(["runs", "--sweep", "halved"]);
    assert.match(drawn.stdout, /^halved: 3 of 3 rows, the best by loss\n/);
    assert.match(drawn.stdout, /^1 +1 +2 +0\.5000/m);
  });

  const onWindows = { skip: process.platform === "win32" && "a signal there ends a process at once" };
  test("sweep ends its rows at Ctrl-C, keeps those that are finished, and takes up the others", onWindows, async () => {
    const wait =
      'if (seed > 1 && !require("fs").existsSync("go")) await new Promise(() => setInterval(() => {}, 1000));';
    project.writeNotebook("slow.ipynb", [parameters, code(`console.log("began");\n${wait}`)]);
    const words = ["sweep", "slow.ipynb", "-p", "seed=1..3", "--at-once", "1", "--name", "slow"];
    let heard = false;
    const ended = await project.run(words, (stdout, kill) => {
      if (heard || !stdout.includes("[1/3]")) return;
      heard = true;
      whenBegan(() => kill("SIGINT"));
    });
    assert.equal(ended.code, 1, ended.stdout + ended.stderr);
    assert.match(ended.stdout, /\[1\/3\] seed=1 .*\n\[2\/3\] seed=2 {2}interrupted.*\n3 rows: 1 finished, 2 left\n/);
    assert.match(ended.stdout, /the same command again runs what is left\n$/);
    project.write("go", "");
    const again = await project.run(words);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.match(again.stdout, /^slow: 3 rows, 1 finished already, 2 left, 1 at a time\n/);
    assert.match(again.stdout, /\n3 rows: 3 finished\n/);
    for (const id of rowFolders()) assert.ok(!filesOf(id).some((name) => name.endsWith(".lock")));
  });
});

test("sweep runs a script with many values, those of a file too, each row once until its text changes", async () => {
  const text = `import { record } from "./lib/notebook/record";
    const values = Object.fromEntries(process.argv.slice(2).map((word) => word.slice(2).split("=")));
    if (values.kind === "bad") throw new Error("no such kind");
    record("loss", Number(values.rate) / Number(values.epochs));`;
  project.write("train.ts", text);
  project.write("rates.yaml", "notebook: train.ts\nparameters:\n  rate: [1, 2]\nmetric: loss\nleast: true\n");
  const words = ["sweep", "rates.yaml", "--halve", "epochs=1..2", "--keep", "2", "--at-once", "2"];
  const ended = await project.run(words);
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /\n\[1\/1\] rate=1 epochs=2 {2}loss 0\.5000 .*\n3 rows: 3 finished\n/);
  assert.match(
    (await project.run(words)).stdout,
    /^rates: 2 rows, finished already\n[^]*^rates: 1 row, finished already$/m,
  );
  project.write("train.ts", `${text}\n// changed`);
  const failed = await project.run(["sweep", "train.ts", "-p", "kind=bad", "-p", "rate=1..2", "-p", "epochs=1"]);
  assert.equal(failed.code, 1);
  assert.match(failed.stdout, /^train-[0-9a-f]{6}: 2 rows/);
  assert.match(failed.stdout, /rate=2 {2}failed: Error: no such kind /);
});

/** Calls back when the second row's cell has printed. */
function whenBegan(then: () => void): void {
  const logs = rowFolders().map((id) => join(project.folder, "runs", "rows", id, "log.txt"));
  const began = logs.filter((file) => existsSync(file) && readFileSync(file, "utf8").includes("began"));
  if (began.length >= 2) then();
  else setTimeout(whenBegan, 50, then);
}
