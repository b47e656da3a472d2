import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { useBackend } from "../../lib/compute/useBackend";
import { typeScriptLoader } from "../../lib/files";
import { takeFolder } from "../../lib/lock/folderLock";
import { buildSixLayerCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { type History, train, type TrainOptions } from "../../lib/vision/train";
import { squares } from "./squares";

const scratch = mkdtempSync(join(tmpdir(), "atelier-lock-"));
const examples = squares(100, 1); // 4 batches
let unbroken: number[];

before(async () => {
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  ({ weights: unbroken } = await trained({ checkpoints: false }));
});
after(() => rmSync(scratch, { recursive: true }));

interface Trained {
  history: History;
  weights: number[];
  /** What was said of waiting. */
  waits: string[];
}

async function trained(options: TrainOptions): Promise<Trained> {
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  const waits: string[] = [];
  const onWait = (line: string) => void waits.push(line);
  const history = await train(model, examples, { epochs: 3, log: () => {}, onWait, ...options });
  return { history, waits, weights: model.getWeights().flatMap((weight) => Array.from(weight.dataSync())) };
}

/** Starts a process that trains the same, and waits until it has taken so many steps. */
async function startOther(checkpoints: string, { rest, steps }: { rest: number; steps: number }) {
  const words = ["--require", typeScriptLoader, join(__dirname, "slowTraining.ts"), checkpoints, String(rest)];
  const other = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const reader = createInterface(other.stdout).on("line", (line) => lines.push(line));
  while (lines.length < steps) await once(reader, "line");
  return { other, lines, ended: once(other, "close") };
}

const lineOf = ({ pid }: ChildProcess) =>
  `Process ${pid} trains the same; waiting for it, to take its epochs. Interrupt ends the waiting.`;
const locksIn = (folder: string) =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith(".lock"));

test("train() waits for a process that trains the same, and takes what that has trained", async () => {
  const checkpoints = join(scratch, "other");
  const { other, lines, ended } = await startOther(checkpoints, { rest: 50, steps: 2 });
  const { history, weights, waits } = await trained({ checkpoints });
  assert.deepEqual([waits, history.reusedEpochs], [[lineOf(other)], 3]);
  assert.deepEqual(weights, unbroken);
  assert.deepEqual((await ended)[0], 0);
  assert.equal(lines.length, 12, "the other process has trained all three epochs, and nobody else has");
  assert.deepEqual(locksIn(checkpoints), []);
});

test("train() takes over from a process that dies, after the epochs that this has trained", async () => {
  const checkpoints = join(scratch, "dead");
  const { other, ended } = await startOther(checkpoints, { rest: 150, steps: 6 });
  const onWait = (line: string) => {
    assert.equal(line, lineOf(other));
    other.kill("SIGKILL");
  };
  const early = await trained({ checkpoints, epochs: 1, onWait: () => assert.fail("epoch 1 is there") });
  assert.equal(early.history.reusedEpochs, 1);
  const { history, weights } = await trained({ checkpoints, onWait });
  await ended;
  assert.deepEqual([history.reusedEpochs, history.stopped], [1, false]);
  assert.deepEqual(weights, unbroken);
  assert.deepEqual(locksIn(checkpoints), []);
});

test("two calls in one process that train the same train it once", async () => {
  const checkpoints = join(scratch, "calls");
  const both = await Promise.all([trained({ checkpoints }), trained({ checkpoints })]);
  assert.deepEqual(both.map(({ history }) => history.reusedEpochs).sort(), [0, 3]);
  for (const { weights } of both) assert.deepEqual(weights, unbroken);
  const [said] = both.flatMap(({ waits }) => waits);
  assert.match(said, /^Another call in this process trains the same; waiting for it, to take its epochs\./);
});

test("train() that is stopped while it waits keeps the epochs that are there", async () => {
  const checkpoints = join(scratch, "stopped");
  const first = await trained({ checkpoints, epochs: 1 });
  const [name] = readdirSync(checkpoints);
  const lock = takeFolder(join(checkpoints, name))!;
  const stop = new AbortController();
  const { history, weights } = await trained({ checkpoints, signal: stop.signal, onWait: () => stop.abort() });
  assert.deepEqual([history.stopped, history.reusedEpochs, history.loss.length], [true, 1, 1]);
  assert.deepEqual(weights, first.weights);
  const again = trained({ checkpoints, fresh: true, onWait: () => process.emit("SIGINT", "SIGINT") });
  assert.deepEqual([(await again).history.stopped, (await again).history.loss.length], [true, 0]);
  assert.equal(process.listenerCount("SIGINT"), 0);
  lock.release();
});
