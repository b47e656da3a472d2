import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, tensorOf } from "./against";
import { seededRandom } from "../../../lib/random";

const ACTIVATIONS: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  relu: tf.relu,
  relu6: tf.relu6,
  leakyRelu: (x) => tf.leakyRelu(x, 0.3),
  elu: tf.elu,
};

for (const [name, activation] of Object.entries(ACTIVATIONS))
  test(`the gradient of ${name}, first and second, is that of cpu`, async () => {
    const random = seededRandom(7);
    const odd = name === "elu" ? 0 : 0.05;
    const gradient = (x: tf.Tensor, dy: tf.Tensor) => tf.grad(activation)(x, dy);
    for (const shape of [[], [0], [5], [3, 7], [40_000]]) {
      const [x, dy] = [draw(random, shape, { odd }), draw(random, shape, { odd })];
      x.values.forEach((value, i) => (x.values[i] = 4 * value));
      // the cpu kernel's elu() + 1 has lost digits near 0
      const absolute = name === "elu" ? 1e-6 : 0;
      await againstCpu(`first, [${shape}]`, () => gradient(tensorOf(x), tensorOf(dy)), { absolute });
      if (name === "elu") continue; // TensorFlow.js has no second one
      const ddy = draw(random, shape);
      await againstCpu(`second, [${shape}]`, () =>
        tf.grad((given: tf.Tensor) => gradient(tensorOf(x), given))(tensorOf(ddy), tensorOf(ddy)),
      );
    }
  });

test("the gradient of relu is one kernel on simd, and TensorFlow.js' own on cpu", async () => {
  await againstCpu("the backend is there", () => tf.relu(tf.scalar(1)));
  const names: Record<string, string[]> = {};
  for (const backend of ["cpu", "simd-1"]) {
    await tf.setBackend(backend);
    const profile = await tf.profile(() => tf.grad((x: tf.Tensor) => tf.relu(x))(tf.tensor1d([1, -1])));
    names[backend] = profile.kernelNames;
  }
  assert.ok(names["simd-1"].includes("ReluGrad") && !names["simd-1"].includes("Step"), `${names["simd-1"]}`);
  assert.ok(names.cpu.includes("Step") && !names.cpu.includes("ReluGrad"), `${names.cpu}`);
});

test("EluGrad does what the cpu kernel does", async () => {
  const random = seededRandom(8);
  for (const shape of [[0], [17], [20_000]]) {
    const [dy, y] = [draw(random, shape, { odd: 0.1 }), draw(random, shape, { odd: 0.1 })];
    await againstCpu(`[${shape}]`, () => kernel("EluGrad", { dy: tensorOf(dy), y: tensorOf(y) }));
  }
});
