import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pause } from "../../lib/runner/within";
import { planSweep } from "../../lib/sweep/planSweep";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { skip, type SlurmCluster, startCluster } from "./slurmCluster";

/** A net for pictures of noise; with `slow` it leaves a checkpoint, and the first start then takes so many seconds more. */
const TRAINING = `import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { useBackend } from "./lib/compute/useBackend";
import { record } from "./lib/notebook/record";
import { seededRandom } from "./lib/random";
import { buildCnn } from "./lib/vision/cnn";
import { compile } from "./lib/vision/compile";
import { train } from "./lib/vision/train";
await useBackend({ log: () => {} });
const isSlow = slow > 0 && !existsSync("begun-" + seed);
if (isSlow) writeFileSync("begun-" + seed, "");
const random = seededRandom(seed);
const images = Float32Array.from({ length: 64 * 784 }, () => random.uniform());
const labels = Uint8Array.from({ length: 64 }, (_, index) => index % 10);
const model = buildCnn({ seed });
compile(model, { learningRate: rate });
const history = await train(model, { images, labels }, {
  epochs: 4,
  checkpoints: slow > 0 ? "checkpoints" : false,
  onEpoch() {
    console.log("an epoch has ended");
    if (isSlow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, slow * 1000);
  },
});
const hash = createHash("sha256");
for (const weight of model.getWeights()) hash.update(new Uint8Array((await weight.data()).slice().buffer));
record("loss", history.loss[3]);
record("weights", hash.digest("hex"));
record("reused", history.reusedEpochs);`;

/** Goes on when there is a file of its name, or never. */
const WAITING = `console.log("began");
if (seed === 5) throw new Error("on purpose");
while (!require("fs").existsSync("go-" + name)) await new Promise((next) => setTimeout(next, 200));`;

const parameters = code(
  "const seed: number = 1; // 0 to 9\nconst rate: number = 0.001;\nconst slow: number = 0;\nconst name: string = 'a';",
  "parameters",
);

describe("on Slurm, with three nodes on this machine", { skip }, () => {
  const project = newProject();
  let cluster: SlurmCluster;
  let hanging: ReturnType<typeof project.run>; // ends after Slurm's shortest time, while the other tests run
  before(async () => {
    cluster = await startCluster();
    process.env.SLURM_CONF = cluster.env.SLURM_CONF;
    project.writeNotebook("notebooks/training.ipynb", [parameters, code(TRAINING)]);
    project.writeNotebook("notebooks/waiting.ipynb", [parameters, code(WAITING)]);
    hanging = sweep("waiting", `-p seed=6 ${onSlurm("time", "--sbatch=--time=1 --partition last")}`);
  });
  after(async () => {
    delete process.env.SLURM_CONF;
    await cluster?.remove();
    project.remove();
  });

  /** Runs a sweep of one of the notebooks. */
  const sweep = (notebook: string, words: string, hear?: Parameters<typeof project.run>[1]) =>
    project.run(["sweep", `notebooks/${notebook}.ipynb`, ...words.trim().split(" ")], hear);
  const onSlurm = (name: string, words = "") => `--engine slurm --name ${name} ${words}`;

  /** What the tasks of a sweep have printed. */
  const printed = (name: string) => {
    const folder = join(project.folder, "runs", "sweeps", name);
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => /task-\d+\.txt$/.test(file));
    return files.map((file) => readFileSync(join(folder, file), "utf8")).join("");
  };
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

  /** What the rows of a sweep have left in a file of their folders, in their order. */
  const files = (name: string, file: string): string[] => {
    const { rows } = JSON.parse(readFileSync(join(project.folder, "runs", "sweeps", name, "sweep.json"), "utf8"));
    return rows.map(({ id }: { id: string }) => readFileSync(join(project.folder, "runs", "rows", id, file), "utf8"));
  };
  const numbers = (name: string): Record<string, unknown>[] =>
    files(name, "report.json").map((text) => JSON.parse(text).notebooks[0].metrics);
  const withoutReused = (name: string) => numbers(name).map((all) => ({ ...all, reused: 0 }));
  const isRunning = (name: string) => cluster.call("squeue", "-h", "--name", name, "--states=RUNNING") !== "";

  test("what Slurm refuses is one line", async () => {
    const refusals: [words: string, said: RegExp][] = [
      [
        "--partition nowhere",
        /^Slurm's sbatch says ".*[Ii]nvalid partition name specified": give another --partition;/,
      ],
      ["--memory 900000", /^Slurm's sbatch says ".* not available": give fewer --threads, less --memory or a --partition\n$/], // prettier-ignore
      ["--sbatch=--bogus", /^Slurm's sbatch says "Try .*more information|^Slurm's sbatch says ".*unrecognized option/],
    ];
    const ends = await Promise.all(
      refusals.map(([words], index) => sweep("training", `-p seed=1 ${onSlurm(`refused-${index}`, words)}`)),
    );
    refusals.forEach(([, said], index) => {
      assert.match(ends[index].stderr, said);
      assert.equal(ends[index].stderr.trimEnd().split("\n").length, 1);
      assert.equal(ends[index].code, 2);
    });
  });

  test("a training on Slurm gives the weights that it gives on this machine, to the bit", async () => {
    const words = "-p seed=1,2 --threads 2";
    const far = await sweep("training", `${words} ${onSlurm("far", "--at-once 2")}`);
    assert.equal(far.code, 0, far.stdout + far.stderr);
    assert.match(far.stdout, /\n2 rows: 2 finished\n/);
    const there = numbers("far");
    const near = await sweep("training", `${words} --name near --fresh`);
    assert.equal(near.code, 0, near.stdout + near.stderr);
    assert.match(near.stdout, /^near: 2 rows, \d at a time\n/);
    assert.deepEqual(numbers("near"), there);
    assert.equal(new Set(there.map(({ weights }) => weights)).size, 2);
  });

  test("a row that always fails, and one whose cell takes longer than it may, end with a word of why", async () => {
    const cell = await sweep("waiting", `-p seed=4,5 -p name=never ${onSlurm("cell", "--timeout 4")}`);
    assert.equal(cell.code, 1, cell.stderr);
    assert.match(cell.stdout, /seed=4 {2}failed: \w*Timeout\w*: .*4/i);
    assert.match(cell.stdout, /seed=5 {2}failed: Error: on purpose/);
  });

  test("a row whose disk is full says so, and runs when there is room again", async (context) => {
    const given = { seed: "7", name: "full" };
    const [{ id }] = planSweep({ notebook: join(project.folder, "notebooks", "waiting.ipynb"), texts: given }).rows;
    const folder = join(project.folder, "runs", "rows", id);
    mkdirSync(folder, { recursive: true });
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", folder]).status !== 0)
      return context.skip("no right to mount a small disk here");
    const words = `-p seed=7 -p name=full ${onSlurm("full")}`;
    const ended = await sweep("waiting", words).finally(() => spawnSync("umount", [folder]));
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(
      ended.stdout,
      /\] seed=7 name=full {2}failed: FAILED on n\d: ENOSPC: no space left on device, write\n/,
    );
    project.write("notebooks/go-full", "");
    const again = await sweep("waiting", words);
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  test("two sweeps at once share their rows: each runs once, more rows than an array holds too", async () => {
    const [one, two] = await Promise.all([
      sweep("waiting", `-p seed=1..3 -p rate=1,2 -p name=shared ${onSlurm("one")}`, goOn("shared")),
      sweep("waiting", `-p seed=3,2 -p rate=2,1 -p name=shared ${onSlurm("two")}`),
    ]);
    assert.equal(one.code, 0, one.stdout + one.stderr);
    assert.equal(two.code, 0, two.stdout + two.stderr);
    assert.match(one.stdout, /\narray \d+: 5 rows, .*\narray \d+: 1 row, /);
    assert.equal(count(printed("one") + printed("two"), /has ended: ok/g), 6);
    assert.match(two.stdout, /\n4 rows: 4 finished\n/);
  });

  test("a row that a job of higher priority puts aside runs again", async () => {
    const row = sweep("waiting", `-p seed=1,2 -p name=aside --threads 8 ${onSlurm("aside", "--sbatch=--nodelist=n1")}`);
    await until(() => isRunning("aside"));
    await pause(3);
    const words = ["--output=/dev/null", "--nodelist=n1", "--exclusive", "--wrap=sleep 3"];
    cluster.call("sbatch", "--partition=urgent", ...words);
    await pause(5);
    project.write("notebooks/go-aside", "");
    const ended = await row;
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    assert.match(ended.stdout, /\nseed=\d waits again: Slurm has put it back into the queue\n/);
    assert.match(ended.stdout, /\n2 rows: 2 finished\n/);
  });

  test("a controller that goes away and comes back loses no row", async () => {
    const row = sweep("waiting", `-p seed=1 -p name=away ${onSlurm("away")}`);
    await until(() => isRunning("away"));
    await cluster.killController();
    await pause(6);
    project.write("notebooks/go-away", "");
    await pause(3);
    cluster.startController();
    const ended = await row;
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    assert.match(ended.stdout, /connect failure.*; what runs goes on\nSlurm answers again\n\[1\/1\] seed=1 /);
    assert.equal(count(printed("away"), /has ended: ok/g), 1);
  });

  test("rows of a lost node, and of one that is only cut off, begin anew elsewhere from their checkpoints, and end once", async () => {
    await cluster.ready(3); // after a controller that was away
    const lost = sweep("training", `-p seed=1,2 -p slow=600 --memory 5000 ${onSlurm("lost")}`);
    await until(() => files("lost", "log.txt").every((text) => text.includes("an epoch has ended")));
    const [first, second] = cluster.call("squeue", "-h", "--name", "lost", "--states=RUNNING", "-o", "%N").split("\n");
    cluster.killNode(first);
    cluster.killDaemon(second);
    await pause(10);
    cluster.startNode(first);
    const ended = await lost;
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    // Whoever looks every three seconds may see a row only when it runs again.
    assert.ok(
      count(ended.stdout, /waits again: Slurm has put it back into the queue|begins anew on/g) >= 2,
      ended.stdout,
    );
    assert.match(ended.stdout, /\n2 rows: 2 finished\n/);
    assert.equal(count(printed("lost"), /has ended: ok/g), 2);
    const said = `${ended.stdout}\n${printed("lost")}`;
    assert.equal(count(printed("lost"), /has been taken over; it is ended here/g), 1, said);
    for (const { reused } of numbers("lost")) assert.ok(Number(reused) > 0, String(reused));
    assert.deepEqual(withoutReused("lost"), withoutReused("near"));
  });

  test("a row that hangs ends with Slurm's time limit", async () => {
    const ended = await hanging;
    assert.equal(ended.code, 1, ended.stderr);
    // A controller that was away meanwhile gives the row no time to end in order.
    assert.match(
      ended.stdout,
      /\] seed=6 {2}(interrupted|failed): TIMEOUT on n3; Slurm's time limit is over; give more, as in/,
    );
  });

  /** Lets the rows of this name go on when a sweep has submitted them, and 3 s have passed. */
  function goOn(name: string): (stdout: string) => void {
    let timer: NodeJS.Timeout | undefined;
    return (stdout) => {
      if (stdout.includes("array")) timer ??= setTimeout(() => project.write(`notebooks/go-${name}`, ""), 3000);
    };
  }
});

/** Waits until something is so, which may not be to be seen yet. */
async function until(isSo: () => boolean): Promise<void> {
  for (let left = 600; left > 0; left--) {
    try {
      if (isSo()) return;
    } catch {
      // what it looks at is not there yet
    }
    await pause(0.1);
  }
  throw new Error(`Not so after a minute: ${isSo.toString()}`);
}
