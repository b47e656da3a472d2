import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../../../lib/random";
import { draw, registerAll, tensorOf } from "./against";

before(registerAll);

const seeded = (seed: number) => ({ kernelInitializer: tf.initializers.glorotNormal({ seed }) });
const { layers } = tf;

/** Layers with relu, and the shape they are given. */
const NETS: Record<string, { shape: number[]; make: () => tf.layers.Layer[] }> = {
  "conv2d and dense": {
    shape: [9, 8, 3],
    make: () => [
      layers.conv2d({ filters: 5, kernelSize: 3, padding: "same", activation: "relu", ...seeded(1) }),
      layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: "relu", useBias: false, ...seeded(2) }),
      layers.flatten(),
      layers.dense({ units: 6, activation: "relu", ...seeded(3) }),
    ],
  },
  "conv2d and dense without activation": {
    shape: [9, 8, 3],
    make: () => [
      layers.conv2d({ filters: 5, kernelSize: 3, padding: "same", ...seeded(1) }),
      layers.batchNormalization(),
      layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, activation: "tanh", useBias: false, ...seeded(2) }),
      layers.flatten(),
      layers.dense({ units: 6, ...seeded(3) }),
    ],
  },
  "conv2d, dilated": {
    shape: [9, 8, 3],
    make: () => [
      layers.conv2d({ filters: 5, kernelSize: 2, dilationRate: [2, 3], activation: "relu", ...seeded(4) }),
      layers.flatten(),
    ],
  },
  "conv1d, causal and not, and dense of steps": {
    shape: [10, 4],
    make: () => [
      layers.conv1d({ filters: 6, kernelSize: 3, padding: "causal", activation: "relu", ...seeded(5) }),
      layers.conv1d({ filters: 5, kernelSize: 3, strides: 2, padding: "same", activation: "relu", ...seeded(6) }),
      layers.dense({ units: 6, activation: "relu", useBias: false, ...seeded(7) }),
      layers.flatten(),
    ],
  },
};

async function trained(backend: string, { shape, make }: (typeof NETS)[string]): Promise<number[]> {
  await tf.setBackend(backend);
  const random = seededRandom(96);
  const [x, y] = [draw(random, [7, ...shape]), draw(random, [7, 1])].map(tensorOf);
  const model = tf.sequential();
  make().forEach((layer, i) => {
    if (i === 0) (layer as unknown as { batchInputShape: tf.Shape }).batchInputShape = [null, ...shape];
    model.add(layer);
  });
  model.add(layers.dense({ units: 1, ...seeded(8) }));
  model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
  for (let step = 0; step < 3; step++) await model.trainOnBatch(x, y);
  const left = tf.memory().numTensors;
  await model.trainOnBatch(x, y);
  assert.equal(tf.memory().numTensors, left, "tensors are left");
  const penalty = () => tf.tidy(() => tf.grad((x) => tf.sum(tf.square(tf.grad((x) => model.apply(x) as tf.Tensor)(x))))(x)); // prettier-ignore
  return [...model.getWeights(), penalty()].flatMap((tensor) => [...tensor.dataSync()]);
}

for (const [name, net] of Object.entries(NETS))
  test(`${name} trains as on cpu, and can be differentiated twice`, async () => {
    const [cpu, one, two] = [await trained("cpu", net), await trained("simd-1", net), await trained("simd-2", net)];
    assert.deepEqual(two, one, "one thread and two");
    one.forEach((number, i) => assert.ok(Math.abs(number - cpu[i]) <= 1e-4 * (1 + Math.abs(cpu[i])), `${i}: ${number}, cpu ${cpu[i]}`)); // prettier-ignore
  });
