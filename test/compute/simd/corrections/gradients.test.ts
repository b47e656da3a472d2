import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../../lib/compute/simd/registerSimd";
import fixture from "../../../fixtures/gradients.json";
import { DIFFERENTIABLE } from "./differentiable";

interface Values {
  shape: number[];
  values: number[];
}

/** An operation with its derivatives as TensorFlow has them: see test/fixtures/make_gradients.py. */
interface Case {
  inputs: Values[];
  weights: Values;
  first: number[][];
  second: number[][];
}

const CASES = fixture.cases as Record<string, Case>;

before(() => registerSimd());

/** The gradients of a scalar, zeros of what it does not depend on. */
function gradientsOf(compute: () => tf.Tensor, xs: tf.Tensor[]): tf.Tensor[] {
  const { grads } = tf.engine().gradients(compute, xs, undefined, true) as { grads: (tf.Tensor | null)[] };
  return grads.map((gradient, i) => gradient ?? tf.zeros(xs[i].shape));
}

function derive({ inputs, weights }: Case, compute: (...xs: tf.Tensor[]) => tf.Tensor) {
  const [...xs] = inputs.map(({ values, shape }) => tf.tensor(values, shape, "float32"));
  const w = tf.tensor(weights.values, weights.shape, "float32");
  const first = () => gradientsOf(() => tf.sum(tf.mul(w, compute(...xs))), xs);
  const penalty = () => tf.addN(first().map((gradient) => tf.sum(tf.square(gradient))));
  return { first: first().map(numbersOf), second: gradientsOf(penalty, [...xs, w]).map(numbersOf) };
}

function numbersOf(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

function assertNear(got: number[][], wanted: number[][], message: string): void {
  wanted.forEach((numbers, i) => {
    assert.equal(got[i].length, numbers.length, message);
    const most = numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 1e-2);
    numbers.forEach((number, at) => {
      if (!(Math.abs(got[i][at] - number) <= 1e-4 * most))
        assert.fail(`${message} by input ${i}: number ${at} is ${got[i][at]}, TensorFlow has ${number}`);
    });
  });
}

test("every operation of the fixture is tested", () => {
  assert.deepEqual(Object.keys(DIFFERENTIABLE).sort(), Object.keys(CASES).sort());
});

for (const backend of ["simd", "cpu"])
  for (const [name, compute] of Object.entries(DIFFERENTIABLE))
    test(`${name} has TensorFlow's first and second derivatives on ${backend}`, async () => {
      await tf.setBackend(backend);
      const before = tf.memory().numTensors;
      const { first, second } = tf.tidy(() => derive(CASES[name], compute) as never) as ReturnType<typeof derive>;
      assertNear(first, CASES[name].first, "the first");
      assertNear(second, CASES[name].second, "the second");
      assert.equal(tf.memory().numTensors, before, "tensors are left");
    });
