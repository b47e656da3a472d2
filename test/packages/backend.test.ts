import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { skip } from "../browser";
import { faultsOf, newUser, type NewUser } from "./newUser";

let user: NewUser;
before(async () => {
  user = await newUser("backend");
});
after(() => user.leave());

/** Trains a small convolutional net on the backend and says what ran and how the loss fell. */
const TRAINING = `
const images = tf.randomNormal([32, 8, 8, 1], 0, 1, "float32", 1);
const labels = images.mean([1, 2, 3]).greater(0).toFloat().reshape([32, 1]);
const net = tf.sequential({
  layers: [
    tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], activation: "relu" }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 1, activation: "sigmoid" }),
  ],
});
net.compile({ optimizer: tf.train.adam(0.02), loss: "binaryCrossentropy" });
const { history } = await net.fit(images, labels, { epochs: 20, verbose: 0 });
const { build, threads } = simdPool();
const learned = Number(history.loss[19]) < 0.7 * Number(history.loss[0]);
`;

test("the backend's README example runs as a module, and as TypeScript by either way of finding modules", () => {
  assert.ok(user.example.split("\n").length <= 12, user.example);
  const printed = user.run("example.mjs", user.example);
  assert.ok(Number(printed) < 0.01, printed);
  const typed = `declare const console: { log(...all: unknown[]): void };\n${user.example}`;
  const weights = 'import type { WeightOptions } from "tfjs-backend-simd";\nexport const weights: WeightOptions = { sampleWeight: [1] };\n'; // prettier-ignore
  for (const way of ["bundler", "node10"] as const) user.check(`${typed}${weights}`, way);
});

test("the backend trains from CommonJS, its module and its CommonJS being one", () => {
  const printed = user.run(
    "train.cjs",
    `const tf = require("@tensorflow/tfjs");
const { simdPool } = require("tfjs-backend-simd");
(async () => {
  await tf.setBackend("simd");
  ${TRAINING}
  const other = await import("tfjs-backend-simd");
  console.log(JSON.stringify({ backend: tf.getBackend(), build, threads, learned, one: other.simdPool() === simdPool() }));
})();`,
  );
  const { backend, build, threads, learned, one } = JSON.parse(printed);
  assert.deepEqual({ backend, learned, one }, { backend: "simd", learned: true, one: true });
  assert.ok(["avx512", "avx2", "relaxed", "plain"].includes(build), build);
  assert.ok(threads >= 1);
});

test("the backend trains in a browser without cross-origin isolation, on one thread", { skip }, async () => {
  const result = await user.inBrowser(`import * as tf from "@tensorflow/tfjs";
import { simdPool } from "tfjs-backend-simd";
(async () => {
  await tf.setBackend("simd");
  ${TRAINING}
  globalThis.result = { backend: tf.getBackend(), build, threads, learned, isolated: crossOriginIsolated };
})().catch((error) => (globalThis.result = { error: String(error.stack) }));`);
  assert.deepEqual(result, { backend: "simd", build: "unshared", threads: 1, learned: true, isolated: false });
});

test("the backend trains in a notebook beside it", async () => {
  const output = await user.inNotebook(
    'import * as tf from "@tensorflow/tfjs";\nimport { simdPool } from "tfjs-backend-simd";\nawait tf.setBackend("simd");',
    `${TRAINING}\nconsole.log("learned:", learned, tf.getBackend());`,
  );
  assert.match(output, /learned: true simd/);
});

test("publint and are-the-types-wrong find nothing in the backend's tarball, and it is small", async () => {
  assert.deepEqual(await faultsOf(user), []);
  assert.ok(user.tarball.size < 600_000, `${user.tarball.size} bytes`);
});
