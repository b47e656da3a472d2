import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { trained } from "./trained";

const EPSILON = 0.01;
const onSimd = () => tf.getBackend() !== "cpu";

/** The same in TensorFlow.js' own operations. */
function composed(axes: number, x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
  const last = Array.from({ length: axes }, (_, i) => x.rank - axes + i);
  const { mean, variance } = tf.moments(x, last, true);
  const normed = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(normed, gamma ?? 1), beta ?? 0);
}

function fused(axes: number, x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
  const inputs = { x, ...(gamma && { gamma }), ...(beta && { beta }) };
  return (kernel("LayerNorm", inputs, { epsilon: EPSILON, axes }) as unknown as tf.Tensor[])[0];
}

const normalizeBy = (axes: number) => (onSimd() ? fused : composed).bind(null, axes);

test("LayerNorm and its gradients agree with moments on random shapes", async () => {
  const random = seededRandom(81);
  for (let trial = 0; trial < 40; trial++) {
    const axes = integer(random, 1, 3);
    const shape = [...randomShape(random, { rank: 2, empty: 0 }), ...Array.from({ length: axes }, () => integer(random, 1, 10))]; // prettier-ignore
    const inner = shape.slice(shape.length - axes);
    const [x, dy, gamma, beta] = [draw(random, shape), draw(random, shape), draw(random, inner), draw(random, inner)];
    x.values.forEach((value, i) => (x.values[i] = value + 30)); // far from 0, where a sum of squares would lose digits
    await againstCpu(
      `${trial}: [${shape}] by ${axes}`,
      () => {
        const given = [x, gamma, beta].map(tensorOf) as [tf.Tensor, tf.Tensor, tf.Tensor];
        return [normalizeBy(axes)(...given), ...tf.grads(normalizeBy(axes))(given, tensorOf(dy))];
      },
      { relative: 1e-4, absolute: 2e-4 },
    );
  }
});

test("LayerNorm goes without gamma and beta, and over no rows", async () => {
  const random = seededRandom(82);
  for (const shape of [
    [70, 33],
    [0, 4],
    [1, 1],
  ]) {
    // prettier-ignore
    const [x, dy] = [draw(random, shape), draw(random, shape)];
    const compute = () => tf.grad((x: tf.Tensor) => normalizeBy(1)(x))(tensorOf(x), tensorOf(dy));
    await againstCpu(`[${shape}]`, compute, { relative: 2e-5, absolute: 2e-5 });
  }
  const [x, gamma] = [draw(random, [0, 4]), draw(random, [4])];
  await againstCpu("gamma over no rows", () => tf.grads((x, gamma) => normalizeBy(1)(x, gamma))([tensorOf(x), tensorOf(gamma)])); // prettier-ignore
});

test("a function of the gradient of LayerNorm can be differentiated", async () => {
  const random = seededRandom(83);
  const [x, gamma, dy] = [draw(random, [3, 6]), draw(random, [6]), draw(random, [3, 6])];
  await againstCpu(
    "gradient penalty",
    () => {
      const slope = (x: tf.Tensor, gamma: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mul(normalizeBy(1)(x, gamma), tensorOf(dy)))(x); // prettier-ignore
      const penalty = (x: tf.Tensor, gamma: tf.Tensor) => tf.sum(tf.square(slope(x, gamma)));
      return tf.grads(penalty)([tensorOf(x), tensorOf(gamma)]);
    },
    { relative: 1e-3, absolute: 1e-3 },
  );
});

test("the layer layerNormalization() trains on simd as on cpu", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  for (const settings of [{}, { axis: [1, 2] }, { axis: 1 }, { scale: false }, { center: false, epsilon: 0.1 }]) {
    const make = () => [tf.layers.layerNormalization({ inputShape: [5, 7], ...settings }), tf.layers.flatten()];
    const weights = await trained([12, 5, 7], { seed: 84, rate: 0.05, make });
    assert.deepEqual(weights[2], weights[1], "one thread and two");
    weights[1].forEach((weight, i) => assert.ok(Math.abs(weight - weights[0][i]) < 1e-4, `${JSON.stringify(settings)}: weight ${i} is ${weight}, on cpu ${weights[0][i]}`)); // prettier-ignore
  }
});
