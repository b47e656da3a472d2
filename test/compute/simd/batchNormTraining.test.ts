import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";
import { trained } from "./trained";

/** Float32 sums over rows against cpu's. */
const CLOSE = { relative: 2e-5, absolute: 2e-5 };

/** The same in TensorFlow.js' own operations. */
function composed(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, x.shape.slice(1).map((_, axis) => axis)); // prettier-ignore
  const normed = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(normed, gamma ?? 1), beta ?? 0);
}

const EPSILON = 0.01;

function fused(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
  const inputs = { x, ...(gamma && { gamma }), ...(beta && { beta }) };
  return (kernel("BatchNormTraining", inputs, { epsilon: EPSILON }) as unknown as tf.Tensor[])[0];
}

const onSimd = () => tf.getBackend() !== "cpu";

test("BatchNormTraining and its gradients agree with moments and batchNorm on random shapes", async () => {
  const random = seededRandom(71);
  for (let trial = 0; trial < 40; trial++) {
    const channels = integer(random, 1, trial % 4 === 0 ? 70 : 18);
    const shape = [2 + integer(random, 0, 5), ...randomShape(random, { rank: 2, empty: 0 }), channels];
    const [x, dy, gamma, beta] = [draw(random, shape), draw(random, shape), draw(random, [channels]), draw(random, [channels])]; // prettier-ignore
    x.values.forEach((value, i) => (x.values[i] = value + 30)); // far from 0, where a sum of squares would lose digits
    await againstCpu(
      `${trial}: [${shape}]`,
      () => {
        const given = [x, gamma, beta].map(tensorOf) as [tf.Tensor, tf.Tensor, tf.Tensor];
        const normalize = onSimd() ? fused : composed;
        return [normalize(...given), ...tf.grads(normalize)(given, tensorOf(dy))];
      },
      { relative: 1e-4, absolute: 2e-4 },
    );
  }
});

test("BatchNormTraining goes without gamma and beta, over many rows", async () => {
  const random = seededRandom(72);
  const [x, dy] = [draw(random, [40, 20, 21, 5]), draw(random, [40, 20, 21, 5])];
  await againstCpu("no gamma", () => tf.grad(onSimd() ? fused : composed)(tensorOf(x), tensorOf(dy)), CLOSE);
});

test("a function of the gradient of BatchNormTraining can be differentiated", async () => {
  const random = seededRandom(73);
  const [x, gamma, dy] = [draw(random, [6, 4]), draw(random, [4]), draw(random, [6, 4])];
  await againstCpu(
    "gradient penalty",
    () => {
      const normalize = onSimd() ? fused : composed;
      const slope = (x: tf.Tensor, gamma: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mul(normalize(x, gamma), tensorOf(dy)))(x); // prettier-ignore
      const penalty = (x: tf.Tensor, gamma: tf.Tensor) => tf.sum(tf.square(slope(x, gamma)));
      return tf.grads(penalty)([tensorOf(x), tensorOf(gamma)]);
    },
    { relative: 1e-3, absolute: 1e-3 },
  );
});

test("the layer batchNormalization() trains on simd as on cpu, with its running means", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  for (const settings of [{}, { scale: false }, { center: false, epsilon: 0.1, momentum: 0.5 }]) {
    const make = () => [tf.layers.batchNormalization({ inputShape: [5, 5, 3], ...settings }), tf.layers.flatten()];
    const weights = await trained([12, 5, 5, 3], { seed: 74, rate: 0.05, make });
    assert.deepEqual(weights[2], weights[1], "one thread and two");
    weights[1].forEach((weight, i) => assert.ok(Math.abs(weight - weights[0][i]) < 1e-4, `${JSON.stringify(settings)}: weight ${i} is ${weight}, on cpu ${weights[0][i]}`)); // prettier-ignore
  }
});
