import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { TrialSteps } from "../../lib/compute/trialSteps";
import { firstLesson, trialSteps } from "../../lib/compute/trialSteps";
import { useBackend } from "../../lib/compute/useBackend";
import { type GpuTrial, whyNotGpu } from "../../lib/compute/whyNotGpu";
import { buildCnn } from "../../lib/vision/cnn";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "gpu-trial-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A GPU and a CPU that only say how long their steps take. */
function planted(simd: TrialSteps, webgpu: TrialSteps | Error, name = "a GPU") {
  const lines: string[] = [];
  const started: string[] = [];
  let turn: TrialSteps | Error;
  const rival = (kind: string, outcome: TrialSteps | Error) => ({
    async start() {
      started.push(kind);
      turn = outcome;
      return kind;
    },
  });
  const steps = async () => {
    if (turn instanceof Error) throw turn;
    return turn;
  };
  const findGpu = async () => ({ name });
  const file = join(folder, "models", "trial.json");
  const trial: GpuTrial = {
    findGpu,
    rivals: { simd: rival("simd", simd), webgpu: rival("webgpu", webgpu) },
    steps,
    file,
  };
  return { file, lines, started, why: () => whyNotGpu((line) => lines.push(line), trial) };
}

const losses = [2.3, 2.2, 2.1];
const fast = { time: 4.04, losses };
const slow = { time: 12.3, losses };
const slowest = { time: 11234, losses };

test("a GPU that trains faster, to the same losses, is taken, and it is said how much faster", async () => {
  const { why, lines } = planted(slow, { ...fast, losses: [2.3005, 2.2] });
  assert.equal(await why(), undefined);
  assert.deepEqual(lines, [
    "Trying whether a GPU or the CPU trains faster …",
    "The GPU is taken: a step of training takes 4 ms on a GPU and 12 ms on simd.",
  ]);
});

test("a GPU that trains no faster, or to other losses, is not taken", async () => {
  assert.equal(await planted(fast, slow).why(), "a step of training takes 12 ms on a GPU and 4 ms on simd");
  rmSync(join(folder, "models"), { recursive: true });
  assert.match((await planted(fast, slowest).why())!, / 11000 ms on a GPU/);
  rmSync(join(folder, "models"), { recursive: true });
  for (const wrong of [2.19, NaN]) {
    assert.equal(await planted(slow, { time: 1, losses: [2.3, wrong] }).why(), "a GPU comes to other losses than simd");
    rmSync(join(folder, "models"), { recursive: true });
  }
});

test("what came out is kept for this GPU and this release of TensorFlow.js", async () => {
  assert.equal(await planted(slow, fast).why(), undefined);
  const again = planted(fast, slow);
  assert.equal(await again.why(), undefined);
  assert.deepEqual([again.started, again.lines], [[], []]);
  const kept = JSON.parse(readFileSync(again.file, "utf8"));
  writeFileSync(again.file, JSON.stringify({ ...kept, library: "4.0.0" }));
  assert.match((await again.why())!, /12 ms on a GPU/);
  const other = planted(slow, fast, "another GPU");
  assert.equal(await other.why(), undefined);
  assert.deepEqual(other.started, ["simd", "webgpu"]);
  writeFileSync(other.file, "cut sh");
  assert.equal(await other.why(), undefined);
});

test("a GPU that fails is an error that says why, which is not kept", async () => {
  const broken = planted(slow, new Error("the device is lost"));
  await assert.rejects(broken.why(), { message: "the device is lost" });
  assert.throws(() => readFileSync(broken.file), { code: "ENOENT" });
});

test("trialSteps() trains the net of the first lesson, and leaves no tensor", async () => {
  const shapeOf = (layers: tf.layers.Layer[]) => tf.sequential({ layers }).layers.map((layer) => [layer.getClassName(), layer.outputShape, layer.countParams()]); // prettier-ignore
  assert.deepEqual(shapeOf(firstLesson()), shapeOf(buildCnn().layers));
  await useBackend({ log: () => {} });
  const before = tf.memory().numTensors;
  const [first, second] = [await trialSteps(), await trialSteps()];
  assert.equal(tf.memory().numTensors, before);
  assert.ok(first.losses.length > 1 && first.losses.length <= 11, String(first.losses));
  assert.ok(
    first.losses[0] > 1.9 && first.losses[0] < 2.8 && first.losses.at(-1)! < first.losses[0],
    String(first.losses),
  );
  const both = Math.min(first.losses.length, second.losses.length);
  assert.deepEqual(first.losses.slice(0, both), second.losses.slice(0, both));
  assert.ok(first.time > 0);
});
