import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../../../lib/random";
import { againstCpu, draw, tensorOf } from "./against";

test("the layer reLU({ maxValue: 6 }), its ends and its gradient are relu's and a clip's", async () => {
  const x = draw(seededRandom(91), [4000]);
  x.values.forEach((value, i) => (x.values[i] = 4 * value));
  x.values.set([0, -0, 6, 7, NaN, Infinity, -Infinity]);
  const layer = tf.layers.reLU({ maxValue: 6 });
  const composed = (x: tf.Tensor) => tf.clipByValue(tf.relu(x), 0, 6);
  const applied = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
  await againstCpu("forward and back", () => {
    const f = tf.getBackend() === "cpu" ? composed : applied;
    return [f(tensorOf(x)), tf.grad(f)(tensorOf({ ...x, values: x.values.map((value) => (Number.isNaN(value) ? 0 : value)) }))]; // prettier-ignore
  });
  const kernels = (await tf.profile(() => applied(tensorOf(x)))).kernelNames;
  assert.deepEqual(kernels, ["Relu6"]);
});
