import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { projectRoot, typeScriptLoader } from "../../../lib/files";

const MIB = 2 ** 20;

/** A program of its own: trains a small net for six epochs by `model.fit` and by laid-out steps, and measures after each. */
const PROGRAM = `
  const tf = require("@tensorflow/tfjs");
  const { registerSimd, simdPool } = require("./lib/compute/simd/registerSimd");
  const { layOutTraining } = require("./lib/compute/simd/training/trainingStep");
  const { buildCnn } = require("./lib/vision/cnn");
  async function main() {
    registerSimd();
    await tf.setBackend("simd");
    const model = buildCnn();
    model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    const pixels = Float32Array.from({ length: 256 * 784 }, (_, i) => (i % 251) / 250);
    const images = tf.tensor4d(pixels, [256, 28, 28, 1]);
    const labels = tf.tensor1d(Array.from({ length: 256 }, (_, i) => i % 10));
    const training = layOutTraining(model, 32);
    const epochs = [];
    for (let epoch = 0; epoch < 6; epoch++) {
      await model.fit(images, labels, { batchSize: 32, epochs: 1, verbose: 0 });
      for (let from = 0; from < 256; from += 32)
        training.run(32, (view, classes) => {
          view.set(pixels.subarray(from * 784, (from + 32) * 784));
          classes.forEach((_, i) => (classes[i] = (from + i) % 10));
        });
      gc();
      const { numTensors, numBytes } = tf.memory();
      const { memory, allocator } = simdPool();
      epochs.push({ numTensors, numBytes, reserved: memory.buffer.byteLength, used: allocator.used(), resident: process.memoryUsage().rss });
    }
    console.log(JSON.stringify(epochs));
  }
  main();`;

test("in a plain program memory does not grow from epoch to epoch, and the program ends by itself", () => {
  const options = { cwd: projectRoot, encoding: "utf8", timeout: 120_000 } as const;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--expose-gc", "-r", typeScriptLoader, "-e", PROGRAM],
    options,
  );
  assert.equal(status, 0, stderr);
  const epochs = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, number>[];
  const [first, ...later] = epochs.slice(2);
  for (const epoch of later) {
    const kept = ({ numTensors, numBytes, reserved, used }: Record<string, number>) => [
      numTensors,
      numBytes,
      reserved,
      used,
    ];
    assert.deepEqual(kept(epoch), kept(first));
    assert.ok(epoch.resident < first.resident + 16 * MIB, `${first.resident} to ${epoch.resident} bytes resident`);
  }
});

test("each compiled module takes less than 300 KB", () => {
  const folder = path.join(projectRoot, "lib", "compute", "simd", "build");
  for (const build of ["plain", "relaxed", "unshared"]) {
    const { size } = fs.statSync(path.join(folder, `${build}.wasm`));
    assert.ok(size > 1000 && size < 300_000, `${build}: ${size} bytes`);
  }
});
