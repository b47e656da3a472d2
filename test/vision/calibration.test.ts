import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { atTemperature, fitTemperature, measureCalibration } from "../../lib/vision/calibration";

/** Rows of probabilities, and labels drawn by these very probabilities at another temperature. */
function drawn(temperature: number, count = 4000) {
  const random = seededRandom(7);
  const logits = Array.from({ length: count }, () => Array.from({ length: 3 }, () => 4 * random.uniform()));
  const softmax = (row: number[], t: number) => {
    const powers = row.map((value) => Math.exp(value / t));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  };
  const labels = Uint8Array.from(logits, (row) => {
    const [a, b] = softmax(row, temperature);
    const place = random.uniform();
    return place < a ? 0 : place < a + b ? 1 : 2;
  });
  return { probabilities: Float32Array.from(logits.flatMap((row) => softmax(row, 1))), labels };
}

test("measureCalibration() compares confidence and accuracy in each interval", () => {
  const probabilities = Float32Array.of(0.75, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.25, 0.4, 0.6);
  const { bins, expectedError } = measureCalibration(probabilities, [0, 0, 1, 1, 0], { bins: 2 });
  assert.deepEqual(bins[0], { low: 0, high: 0.5, count: 0, confidence: NaN, accuracy: NaN });
  assert.equal(bins[1].count, 5);
  assert.ok(Math.abs(bins[1].confidence - 0.72) < 1e-6);
  assert.equal(bins[1].accuracy, 0.6);
  assert.ok(Math.abs(expectedError - 0.12) < 1e-6);
});

test("measureCalibration() puts a confidence on the border into the lower interval, and 1 into the last", () => {
  const { bins } = measureCalibration(Float32Array.of(0.5, 0.5, 1, 0), [0, 0], { bins: 2 });
  assert.deepEqual(bins.map(({ count }) => count), [1, 1]); // prettier-ignore
});

test("fitTemperature() finds the temperature by which the labels were drawn", () => {
  for (const temperature of [0.5, 1, 2]) {
    const { probabilities, labels } = drawn(temperature);
    const found = fitTemperature(probabilities, labels);
    assert.ok(Math.abs(found / temperature - 1) < 0.08, `${found} for ${temperature}`);
    const before = measureCalibration(probabilities, labels).expectedError;
    const after = measureCalibration(atTemperature(probabilities, found, 3), labels).expectedError;
    assert.ok(after < 0.03 && (temperature === 1 || after < before / 2), `${before} to ${after}`);
  }
});

test("atTemperature() keeps the order of the classes and the sum of 1; at 1 it changes nothing", () => {
  const row = Float32Array.of(0.7, 0.2, 0.1);
  const [warm, same] = [atTemperature(row, 2, 3), atTemperature(row, 1, 3)];
  const roots = [0.7, 0.2, 0.1].map(Math.sqrt);
  const total = roots.reduce((sum, root) => sum + root, 0);
  roots.forEach((root, i) => assert.ok(Math.abs(warm[i] - root / total) < 1e-6));
  row.forEach((value, i) => assert.ok(Math.abs(same[i] - value) < 1e-6));
});

test("calibration refuses what does not fit together", () => {
  const row = Float32Array.of(0.5, 0.5);
  const message = "measureCalibration(): 2 probabilities came with 3 labels; there must be one row for each label";
  assert.throws(() => measureCalibration(row, [0, 1, 0]), { name: "TypeError", message });
  assert.throws(() => fitTemperature(row, [0, 1, 0]), TypeError);
  assert.throws(() => measureCalibration(row, [0], { bins: 0 }), {
    name: "RangeError",
    message: "measureCalibration(): bins is 0; it must be a whole number from 1",
  });
  assert.throws(() => atTemperature(row, 0, 2), {
    message: "atTemperature(): the temperature is 0; it must be a number above 0",
  });
});
