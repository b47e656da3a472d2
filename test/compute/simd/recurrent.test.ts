import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { stepByStep } from "../../../lib/compute/simd/fused/recurrent";
import { integer, pick, seededRandom, type Random } from "../../../lib/random";
import { againstCpu, draw, kernel, tensorOf, type Draw } from "./against";

const CLOSE = { relative: 1e-4, absolute: 2e-5 };
const NAMES = ["LstmSequence", "GruSequence"] as const;
const ACTIVATIONS = ["linear", "relu", "tanh", "sigmoid", "hardSigmoid"];
/** Gates without bounds raise the state to a power at each step, and rounding errors with it. */
const BOUNDED = ["sigmoid", "hardSigmoid"];

/** The inputs of a kernel, and the gradient of its states. */
interface Case {
  inputs: Record<string, Draw>;
  dh: Draw;
}

function drawCase(random: Random, name: string): Case {
  const [examples, steps, size, units] = [integer(random, 1, 20), integer(random, 1, 7), integer(random, 1, 9), integer(random, 1, 19)]; // prettier-ignore
  const wide = (name === "LstmSequence" ? 4 : 3) * units;
  const scaled = (shape: number[]) => {
    const drawn = draw(random, shape);
    return { ...drawn, values: drawn.values.map((value) => value / 8) };
  };
  const inputs: Case["inputs"] = { x: scaled([examples, steps, size]), kernel: scaled([size, wide]), recurrent: scaled([units, wide]) }; // prettier-ignore
  if (random.uniform() < 0.7) inputs.bias = scaled([wide]);
  if (random.uniform() < 0.5) inputs.h0 = draw(random, [examples, units]);
  if (random.uniform() < 0.5 && name === "LstmSequence") inputs.c0 = draw(random, [examples, units]);
  if (random.uniform() < 0.5) inputs.mask = { ...draw(random, [examples, steps]), values: Float32Array.from({ length: examples * steps }, () => integer(random, 0, 2)) }; // prettier-ignore
  if (random.uniform() < 0.4 && name === "LstmSequence") inputs.drop = { shape: [examples, units], values: Float32Array.from({ length: examples * units }, () => 1.5 * integer(random, 0, 2)) }; // prettier-ignore
  return { inputs, dh: draw(random, [examples, steps, units]) };
}

const ORDER = { LstmSequence: ["x", "kernel", "recurrent", "bias", "h0", "c0", "mask", "drop"], GruSequence: ["x", "kernel", "recurrent", "bias", "h0", "mask"] }; // prettier-ignore

/** The states after each step, by the kernel or step by step. */
function statesOf(name: (typeof NAMES)[number], given: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor {
  if (tf.getBackend() !== "cpu") return (kernel(name, given, attrs) as unknown as tf.Tensor[])[0];
  return stepByStep(name, ORDER[name].map((input) => given[input]), attrs)[0]; // prettier-ignore
}

for (const name of NAMES)
  test(`${name} and its gradients are those of its steps, with bias, states and mask or without`, async () => {
    const random = seededRandom(101);
    for (let trial = 0; trial < 30; trial++) {
      const { inputs, dh } = drawCase(random, name);
      const attrs = {
        activation: pick(random, ACTIVATIONS),
        recurrentActivation: pick(random, inputs.x.shape[1] === 1 ? ACTIVATIONS : BOUNDED),
      };
      const learned = Object.keys(inputs).filter((input) => input !== "mask" && input !== "drop");
      const shapes = Object.entries(inputs).map(([input, { shape }]) => `${input} [${shape}]`);
      await againstCpu(
        `${trial}: ${shapes}, ${Object.values(attrs)}`,
        () => {
          const [mask, drop] = [inputs.mask, inputs.drop].map((drawn) => drawn && tensorOf(drawn));
          const states = (...xs: tf.Tensor[]) => statesOf(name, { ...Object.fromEntries(learned.map((input, i) => [input, xs[i]])), ...(mask && { mask }), ...(drop && { drop }) }, attrs); // prettier-ignore
          const xs = learned.map((input) => tensorOf(inputs[input]));
          return [states(...xs), ...tf.grads(states)(xs, tensorOf(dh))];
        },
        CLOSE,
      );
    }
  });

test("a function of the gradient of a sequence can be differentiated", async () => {
  const random = seededRandom(102);
  for (const name of NAMES) {
    const { inputs, dh } = drawCase(random, name);
    const attrs = { activation: "tanh", recurrentActivation: "sigmoid" };
    const { x, kernel: weights, recurrent } = inputs;
    await againstCpu(name, () => {
      const given = { kernel: tensorOf(weights), recurrent: tensorOf(recurrent) };
      const slope = (x: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mul(statesOf(name, { x, ...given }, attrs), tensorOf(dh)))(x); // prettier-ignore
      return tf.grad((x: tf.Tensor) => tf.sum(tf.square(slope(x))))(tensorOf(x));
    }, { relative: 1e-3, absolute: 1e-3 }); // prettier-ignore
  }
});

type Make = (settings: object) => tf.layers.Layer;

const LAYERS: Record<string, Make> = {
  lstm: (settings) => tf.layers.lstm({ units: 5, ...settings }),
  gru: (settings) => tf.layers.gru({ units: 5, ...settings } as never),
  "bidirectional lstm": (settings) => tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 3, ...settings }) as tf.RNN, mergeMode: "concat" }), // prettier-ignore
};

const SETTINGS = [{}, { returnSequences: true }, { goBackwards: true, returnSequences: true }, { useBias: false, recurrentActivation: "sigmoid" }, { activation: "relu" }, { activation: "softsign" }]; // prettier-ignore

/** Weights after three steps of a model of a masked embedding and a layer, from the same start. */
async function train(backend: string, make: Make, settings: object, masked: boolean): Promise<number[]> {
  await tf.setBackend(backend);
  const layers: tf.layers.Layer[] = [tf.layers.embedding({ inputDim: 7, outputDim: 4, inputLength: 6, maskZero: masked }), make(settings)]; // prettier-ignore
  const model = tf.sequential({ layers });
  if (model.outputs[0].rank === 3) model.add(tf.layers.globalAveragePooling1d());
  model.add(tf.layers.dense({ units: 1 }));
  const random = seededRandom(103);
  for (const weight of model.weights) tf.tidy(() => void weight.write(tf.div(tensorOf(draw(random, weight.shape as number[])), 4))); // prettier-ignore
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  const words = Float32Array.from({ length: 60 }, (_, i) => (i % 6 > 3 && i % 4 > 0 ? 0 : 1 + integer(random, 0, 6)));
  const [x, y] = [tf.tensor2d(words, [10, 6]), tensorOf(draw(random, [10, 1]))];
  for (let step = 0; step < 3; step++) await model.trainOnBatch(x, y);
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  tf.dispose([x, y]);
  model.dispose();
  return weights;
}

for (const [name, make] of Object.entries(LAYERS))
  test(`a layer ${name} trains on simd as on cpu, whatever its settings`, async () => {
    await againstCpu("makes the backends", () => tf.scalar(1));
    for (const settings of SETTINGS)
      for (const masked of [false, true]) {
        if (masked && "returnSequences" in settings) continue; // what follows takes no mask
        const [naive, one, two] = [await train("cpu", make, settings, masked), await train("simd-1", make, settings, masked), await train("simd-2", make, settings, masked)]; // prettier-ignore
        assert.deepEqual(two, one, "one thread and two");
        one.forEach((weight, i) => assert.ok(Math.abs(weight - naive[i]) < 1e-4, `${JSON.stringify(settings)}, ${masked}: weight ${i} is ${weight}, on cpu ${naive[i]}`)); // prettier-ignore
      }
  });

test("states that are given, returned and kept are as on cpu", async () => {
  const random = seededRandom(104);
  const [x, h, c] = [draw(random, [3, 4, 2]), draw(random, [3, 5]), draw(random, [3, 5])];
  for (const [name, states] of Object.entries({ lstm: [h, c], gru: [h] })) {
    await againstCpu(
      name,
      () => {
        const layer = LAYERS[name]({ returnState: true, kernelInitializer: "ones", recurrentInitializer: "ones" });
        return layer.apply(tensorOf(x), { initialState: states.map(tensorOf) } as never) as tf.Tensor[];
      },
      CLOSE,
    ).catch((error: Error) => {
      if (!/memory is left taken/.test(error.message)) throw error; // the layer's weights
    });
  }
  const kept: number[][] = [];
  for (const backend of ["cpu", "simd-1"]) {
    await tf.setBackend(backend);
    const layer = tf.layers.lstm({ units: 4, stateful: true, batchInputShape: [3, 4, 2], kernelInitializer: "ones", recurrentInitializer: "ones" }); // prettier-ignore
    const model = tf.sequential({ layers: [layer] });
    const input = tensorOf(x);
    kept.push([0, 1].flatMap(() => [...(model.predict(input, { batchSize: 3 }) as tf.Tensor).dataSync()]));
  }
  kept[1].forEach((value, i) => assert.ok(Math.abs(value - kept[0][i]) < 1e-5));
  assert.notDeepEqual(kept[0].slice(0, 12), kept[0].slice(12));
});

test("a hundred steps of a recurrent layer leave nothing behind", async () => {
  await tf.setBackend("simd");
  const model = tf.sequential({
    layers: [tf.layers.lstm({ units: 3, inputShape: [4, 2] }), tf.layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  const [x, y] = [tf.ones([5, 4, 2]), tf.ones([5, 1])];
  await model.trainOnBatch(x, y);
  const before = tf.memory();
  for (let step = 0; step < 100; step++) await model.trainOnBatch(x, y);
  const after = tf.memory();
  assert.deepEqual([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
});

test("dropout drops the same features in all steps of an example, in training alone", async () => {
  await tf.setBackend("simd-2");
  for (const make of [tf.layers.lstm, tf.layers.gru]) {
    const layer = make({ units: 6, dropout: 0.4 });
    const x = tf.randomNormal([30, 5, 20]);
    const slopes = (training: boolean) =>
      tf
        .grad((x) => layer.apply(x, { training }) as tf.Tensor)(x)
        .arraySync() as number[][][];
    layer.apply(x);
    const [kept, other] = [slopes(true), slopes(true)].map((examples) =>
      examples.flatMap((steps) => steps[0].map((_, feature) => steps.map((numbers) => numbers[feature] !== 0))),
    );
    for (const steps of kept) assert.deepEqual(steps, steps.map(() => steps[0])); // prettier-ignore
    const share = kept.filter(([isKept]) => isKept).length / kept.length;
    assert.ok(Math.abs(share - 0.6) < 0.1, `${share} are kept`);
    assert.notDeepEqual(kept, other);
    assert.ok(slopes(false).flat(2).every((slope) => slope !== 0)); // prettier-ignore
  }
});

test("an LSTM drops its state before the product, in training alone, anew in each call", async () => {
  await tf.setBackend("simd-2");
  const layer = tf.layers.lstm({ units: 40, recurrentDropout: 0.5, returnSequences: true });
  const x = tf.randomNormal([6, 4, 3]);
  const run = (training: boolean) => (layer.apply(x, { training }) as tf.Tensor).arraySync() as number[][][];
  layer.apply(x);
  const [one, other, plain, same] = [run(true), run(true), run(false), run(false)];
  assert.deepEqual(same, plain);
  one.forEach((steps, example) => {
    assert.deepEqual(steps[0], plain[example][0]); // no state has been there before
    assert.notDeepEqual(steps[3], plain[example][3]);
    assert.notDeepEqual(steps[3], other[example][3]);
  });
});
