import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { forecastAhead } from "../../lib/forecast/forecastAhead";
import { buildLstm } from "../../lib/forecast/lstm";
import { predictRows } from "../../lib/forecast/predictRows";
import { seededRandom } from "../../lib/random";

interface Numbers {
  shape: number[];
  values: number[];
}

const fixture = join(__dirname, "..", "fixtures", "keras.json");
const keras: { weights: Numbers[]; inputs: Numbers; outputs: number[] } = JSON.parse(
  readFileSync(fixture, "utf8"),
).lstm;

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

function weightsOf(model: tf.LayersModel): Float32Array[] {
  return model.getWeights().map((weight) => weight.dataSync() as Float32Array);
}

function assertClose(ours: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  assert.equal(ours.length, wanted.length);
  for (let i = 0; i < wanted.length; i++)
    assert.ok(Math.abs(ours[i] - wanted[i]) < tolerance, `${i}: ${ours[i]} instead of ${wanted[i]}`);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** One window through an LSTM and a dense layer, number by number; gates in Keras' order: input, forget, cell, output. */
function naiveLstm(window: number[][], weights: Float32Array[], activation: (x: number) => number): number[] {
  const [kernel, recurrent, bias, dense, denseBias] = weights;
  const units = bias.length / 4;
  let [hidden, cell] = [new Array<number>(units).fill(0), new Array<number>(units).fill(0)];
  for (const row of window) {
    const sum = (column: number) =>
      bias[column] +
      row.reduce((total, value, i) => total + value * kernel[i * 4 * units + column], 0) +
      hidden.reduce((total, value, i) => total + value * recurrent[i * 4 * units + column], 0);
    const next = cell.map((old, unit) => {
      const [input, forget, fresh] = [sum(unit), sum(units + unit), sum(2 * units + unit)];
      return sigmoid(forget) * old + sigmoid(input) * activation(fresh);
    });
    hidden = next.map((value, unit) => sigmoid(sum(3 * units + unit)) * activation(value));
    cell = next;
  }
  const columns = denseBias.length;
  return Array.from(denseBias, (start, column) =>
    hidden.reduce((total, value, unit) => total + value * dense[unit * columns + column], start),
  );
}

test("buildLstm() with Keras' weights gives Keras' outputs to 1e-5", () => {
  const model = buildLstm({ units: 4 });
  model.setWeights(keras.weights.map(({ values, shape }) => tf.tensor(values, shape)));
  assertClose(predictRows(model, Float32Array.from(keras.inputs.values)), keras.outputs, 1e-5);
});

test("buildLstm() computes what a naive LSTM does, with relu and with tanh", () => {
  const random = seededRandom(11);
  for (const activation of ["relu", "tanh"] as const) {
    const model = buildLstm({ steps: 5, columns: 3, units: 7, activation });
    const drawn = model.getWeights().map(({ shape, size }) => {
      return tf.tensor(
        Array.from({ length: size }, () => random.uniform() - 0.5),
        shape,
      );
    });
    model.setWeights(drawn);
    const windows = Float32Array.from({ length: 4 * 5 * 3 }, () => 2 * random.uniform() - 1);
    const ours = predictRows(model, windows);
    const act = activation === "tanh" ? Math.tanh : (x: number) => Math.max(0, x);
    for (let at = 0; at < 4; at++) {
      const window = Array.from({ length: 5 }, (_, step) => [...windows.slice((at * 5 + step) * 3).slice(0, 3)]);
      assertClose(ours.slice(at * 3, at * 3 + 3), naiveLstm(window, weightsOf(model), act), 1e-5);
    }
  }
});

test("buildLstm() has the original's size and Keras' start: Glorot, orthogonal rows, a forget bias of 1", () => {
  const model = buildLstm();
  assert.deepEqual(model.inputs[0].shape, [null, 3, 2]);
  assert.equal(model.countParams(), 4 * 50 * (2 + 50 + 1) + 2 * (50 + 1));
  const [kernel, recurrent, bias, dense, denseBias] = weightsOf(model);
  const within = (values: Float32Array, inputs: number, outputs: number) => {
    const bound = Math.sqrt(6 / (inputs + outputs));
    assert.ok(values.every((value) => Math.abs(value) <= bound));
    assert.ok(values.some((value) => Math.abs(value) > 0.8 * bound));
  };
  within(kernel, 2, 200);
  within(dense, 50, 2);
  const product = (a: number, b: number) =>
    recurrent
      .subarray(a * 200, a * 200 + 200)
      .reduce((total, value, column) => total + value * recurrent[b * 200 + column], 0);
  assert.ok(Math.abs(product(3, 3) - 1) < 1e-6 && Math.abs(product(3, 49)) < 1e-6);
  const gates = [0, 1, 2, 3].map((gate) => new Set(bias.subarray(gate * 50, gate * 50 + 50)));
  assert.deepEqual(gates, [new Set([0]), new Set([1]), new Set([0]), new Set([0])]);
  assert.deepEqual([...denseBias], [0, 0]);
});

test("buildLstm() draws the same weights from the same seed alone", () => {
  assert.deepEqual(weightsOf(buildLstm({ seed: 3 })), weightsOf(buildLstm({ seed: 3 })));
  assert.notDeepEqual(weightsOf(buildLstm({ seed: 3 })), weightsOf(buildLstm({ seed: 4 })));
  assert.deepEqual(weightsOf(buildLstm()), weightsOf(buildLstm({ seed: 42 })));
});

test("predictRows() leaves no tensor behind and refuses what is no window", () => {
  const model = buildLstm({ units: 4 });
  predictRows(model, new Float32Array(6));
  const before = tf.memory().numTensors;
  assert.equal(predictRows(model, new Float32Array(5 * 6)).length, 5 * 2);
  assert.equal(tf.memory().numTensors, before);
  for (const length of [0, 7])
    assert.throws(() => predictRows(model, new Float32Array(length)), {
      name: "TypeError",
      message: `predictRows(): ${length} values are not windows of 3 x 2; cut them with slidingWindows()`,
    });
});

test("forecastAhead() feeds each forecast back in", () => {
  const model = buildLstm({ units: 4, seed: 9 });
  const series = [0.9, 0.8, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  const known = series.slice(-6);
  for (let row = 0; row < 5; row++) known.push(...predictRows(model, Float32Array.from(known.slice(-6))));
  assert.deepEqual([...forecastAhead(model, series, 5)], known.slice(6));
  assert.deepEqual([...forecastAhead(model, Float64Array.from(series))], known.slice(6, 6 + 4 * 2));
});

test("forecastAhead() goes on with a series that its model knows by heart", () => {
  const model = buildLstm({ steps: 2, columns: 1, units: 1 });
  const one = (values: number[], shape: number[]) => tf.tensor(values, shape);
  // Gates wide open for input and output and shut for the past: the forecast is half of the last value.
  model.setWeights([
    one([0, 0, 1, 0], [1, 4]),
    one([0, 0, 0, 0], [1, 4]),
    one([100, -100, 0, 100], [4]),
    one([0.5], [1, 1]),
    one([0], [1]),
  ]);
  assert.deepEqual([...forecastAhead(model, [3, 8], 3)], [4, 2, 1]);
});

test("forecastAhead() refuses too few rows, torn rows and a distance that is none", () => {
  const model = buildLstm({ units: 4 });
  assert.throws(() => forecastAhead(model, [1, 2, 3, 4]), {
    name: "RangeError",
    message: "forecastAhead(): 2 known rows are too few; the model looks back on 3",
  });
  assert.throws(() => forecastAhead(model, [1, 2, 3, 4, 5, 6, 7]), {
    name: "TypeError",
    message: "forecastAhead(): 7 values are not rows of 2; pass them row after row",
  });
  for (const ahead of [0, -1, 1.5, NaN])
    assert.throws(() => forecastAhead(model, [1, 2, 3, 4, 5, 6], ahead), {
      name: "RangeError",
      message: `forecastAhead(): ${ahead} rows ahead cannot be; give a whole number from 1`,
    });
});
