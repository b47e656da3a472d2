import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { code } from "../runner/samples";
import { writeFakeSlurm } from "./fakeSlurm";
import { newProject } from "./project";

const project = newProject();
const { PATH } = process.env;
before(() => {
  process.env.PATH = `${writeFakeSlurm(project.folder)}:${PATH}`;
});
after(() => {
  process.env.PATH = PATH;
  project.remove();
});

const parameters = code("const seed: number = 1; // 0 to 9\nconst rate: number = 0.1;", "parameters");
/** Rows of a detached sweep are still there when they are followed, however late. */
const HELD = 'while (require("fs").existsSync("hold")) await new Promise((next) => setTimeout(next, 50));';
const sum = `let sum = 0;
for (let step = 0; step < 1000; step++) sum += Math.sin(seed + step) * rate;
record("sum", sum);`;
project.writeNotebook("small.ipynb", [
  parameters,
  code(
    `import { record } from "./notebooks/lib/notebook/record";\n${HELD}\n${sum}\nif (seed > 2) throw new Error("on purpose");`,
  ),
]);

/** The words of a sweep that each test has anew. */
const words = (...more: string[]) => ["sweep", "small.ipynb", "-p", "seed=1,3", ...more];

/** What the rows have recorded, and the sources of the cells that ran, by the row's name. */
function numbers(): Record<string, unknown> {
  const rows = join(project.folder, "runs", "rows");
  const reports = readdirSync(rows).map((id) => [id, JSON.parse(readFileSync(join(rows, id, "report.json"), "utf8"))]);
  return Object.fromEntries(reports.map(([id, { notebooks }]) => [id, notebooks[0].metrics]));
}

const onWindows = { skip: process.platform === "win32" && "Slurm is not there" };
describe("with a queue like Slurm's and the real kernel", onWindows, () => {
  test("sweep runs rows as tasks of an array, with the numbers that this machine gives, and follows them again", async () => {
    project.write("hold", "");
    const detached = await project.run(words("--engine", "slurm", "--name", "far", "--detach"));
    assert.equal(detached.code, 0, detached.stderr);
    assert.deepEqual(detached.stdout.split("\n"), [
      "far: 2 rows, on Slurm",
      "array 1: 2 rows, submitted by runs/sweeps/far/slurm-1/submit.sh",
      "the same command again follows the rows",
      "",
    ]);
    const go = (stdout: string) => {
      if (stdout.includes("is followed")) rmSync(join(project.folder, "hold"), { force: true });
    };
    const ended = await project.run(words("--engine", "slurm", "--name", "far"), go);
    assert.equal(ended.code, 1, ended.stderr);
    const told = ended.stdout.replace(/ {2}[\d.]+ s$/gm, "").replace(/rows\/\w+/, "rows/ROW");
    assert.deepEqual(told.split("\n"), [
      "far: 2 rows, on Slurm",
      "array 1 of an earlier start is followed; Ctrl-C leaves it running, scancel 1 ends it",
      "[1/2] seed=1  sum 0.0814",
      "[2/2] seed=3  failed: Error: on purpose  sum 0.0150",
      "seed=3 failed: see runs/rows/ROW/log.txt",
      "2 rows: 1 finished, 1 failed",
      "the same command again runs what is left",
      "",
    ]);
    const far = numbers();
    const near = await project.run(words("--fresh"));
    assert.match(near.stdout, /: 2 rows, \d at a time\n/);
    assert.deepEqual(numbers(), far);
  });

  test("sweep ends the tasks that it has submitted at Ctrl-C, in order, and keeps their cells", async () => {
    const wait = 'console.log("began");\nawait new Promise(() => setInterval(() => {}, 1000));';
    project.writeNotebook("slow.ipynb", [parameters, code(wait)]);
    let heard = false;
    const slow = ["sweep", "slow.ipynb", "-p", "seed=1,2", "--engine", "slurm", "--name", "slow"];
    const ended = await project.run(slow, (stdout, kill) => {
      if (!heard && stdout.includes("array")) whenBegan(() => kill("SIGINT"));
      heard ||= stdout.includes("array");
    });
    assert.equal(ended.code, 1, ended.stderr);
    const [, , row, counts] = ended.stdout.replace(/ {2}[\d.]+ s$/gm, "").split("\n");
    assert.deepEqual([row, counts], ["[1/2] seed=1  interrupted", "2 rows: 2 left"]);
    const task = readFileSync(join(project.folder, "runs", "sweeps", "slow", "slurm-1", "task-0.txt"), "utf8");
    assert.match(task, /^Row \w+ has ended: interrupted\n$/);
  });

  test("a task refuses a row of a notebook that has changed since", async () => {
    project.write("small.ipynb", readFileSync(join(project.folder, "small.ipynb"), "utf8").replace("1000", "1001"));
    const rows = "runs/sweeps/far/slurm-1/rows.json";
    const ended = await project.run(["sweep", "row", rows, "0"]);
    assert.match(ended.stderr, /^small\.ipynb has changed since row \w+ was submitted; start the sweep again\n$/);
  });
});

/** Calls back when a row's cell has printed. */
function whenBegan(then: () => void): void {
  const rows = join(project.folder, "runs", "rows");
  const began = readdirSync(rows).some((id) => logOf(join(rows, id, "log.txt")).includes("began"));
  if (began) then();
  else setTimeout(whenBegan, 50, then);
}

function logOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
