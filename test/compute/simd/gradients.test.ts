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
  clipByValue: (x) => tf.clipByValue(x, -1, 2),
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
};

/** Near 0 and 1 cpu's outputs differ in the last digit, and its gradients with them. */
const SMOOTH = ["elu", "sigmoid", "tanh"];

for (const [name, activation] of Object.entries(ACTIVATIONS))
  test(`the gradient of ${name}, first and second, is that of cpu`, async () => {
    const random = seededRandom(7);
    const odd = SMOOTH.includes(name) ? 0 : 0.05;
    const gradient = (x: tf.Tensor, dy: tf.Tensor) => tf.grad(activation)(x, dy);
    for (const shape of [[], [0], [5], [3, 7], [40_000]]) {
      const [x, dy] = [draw(random, shape, { odd }), draw(random, shape, { odd })];
      x.values.forEach((value, i) => (x.values[i] = 4 * value));
      const absolute = SMOOTH.includes(name) ? 2e-6 : 0;
      await againstCpu(`first, [${shape}]`, () => gradient(tensorOf(x), tensorOf(dy)), { absolute });
      if (name === "elu") continue; // TensorFlow.js has no second one
      const ddy = draw(random, shape);
      await againstCpu(
        `second, [${shape}]`,
        () => tf.grad((given: tf.Tensor) => gradient(tensorOf(x), given))(tensorOf(ddy), tensorOf(ddy)),
        { absolute },
      );
      if (SMOOTH.includes(name))
        await againstCpu(`second by x, [${shape}]`, () => tf.grad((x: tf.Tensor) => tf.square(gradient(x, tensorOf(dy))))(tensorOf(x)), { relative: 1e-4, absolute: 1e-5 }); // prettier-ignore
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
