import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../../lib/compute/simd/registerSimd";

registerSimd();

/** Runs on each backend: the engine's way back is the same on all. */
async function onEach(run: (backend: string) => void): Promise<void> {
  for (const backend of ["cpu", "simd"]) {
    await tf.setBackend(backend);
    run(backend);
  }
}

function numbersOf(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync()].map((value) => Math.round(value * 1e4) / 1e4);
}

test("a tensor used in several places gets the sum of its gradients", () =>
  onEach(() =>
    tf.tidy(() => {
      const f = (x: tf.Tensor) => tf.add(tf.add(tf.mul(x, x), x), tf.add(x, x)).sum();
      assert.deepEqual(numbersOf(tf.grad(f)(tf.tensor1d([1, 2, -3]))), [5, 7, -3]);
    }),
  ));

test("grads() of what one input does not reach, of y itself, and of a given dy", () =>
  onEach(() =>
    tf.tidy(() => {
      const x = tf.tensor1d([1, 2]);
      const dy = tf.tensor1d([10, 100]);
      assert.deepEqual(numbersOf(tf.grad((x) => tf.square(x))(x, dy)), [20, 400]);
      assert.deepEqual(numbersOf(dy), [10, 100], "the given dy stays");
      const variable = tf.variable(tf.scalar(3));
      const { value, grads } = tf.variableGrads(() => tf.mul(variable, variable).asScalar(), [variable]);
      assert.deepEqual([numbersOf(value), numbersOf(grads[variable.name])], [[9], [6]]);
      assert.throws(() => tf.grad(() => tf.scalar(1))(x), /Cannot compute gradient of y=f\(x\)/);
      variable.dispose();
    }),
  ));

test("a gradient that is a tensor of the user's, or the same for two inputs, is left to them", () =>
  onEach(() => {
    const factor = tf.tensor1d([2, 3]);
    tf.tidy(() => {
      const scaled = tf.customGrad((x, y) => ({ value: tf.add(x as tf.Tensor, y as tf.Tensor), gradFunc: () => [factor, factor] })); // prettier-ignore
      const [a, b] = tf.grads((x: tf.Tensor, y: tf.Tensor) => scaled(tf.mul(x, 2), y))([tf.tensor1d([1, 1]), tf.tensor1d([1, 1])]); // prettier-ignore
      assert.deepEqual([numbersOf(a), numbersOf(b)], [[4, 6], [2, 3]]); // prettier-ignore
    });
    assert.deepEqual(numbersOf(factor), [2, 3]);
    factor.dispose();
  }));

test("an output that nothing depends on counts as zeros; several outputs at once", () =>
  onEach(() =>
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      assert.deepEqual(numbersOf(tf.grad((x) => tf.split(x, 2, 1)[1].square())(x)), [0, 4, 0, 8]);
    }),
  ));

test("gradients of gradients, three deep, also within a gradient function", () =>
  onEach(() =>
    tf.tidy(() => {
      const cube = (x: tf.Tensor) => tf.mul(tf.mul(x, x), x);
      const third = tf.grad(tf.grad(tf.grad((x: tf.Tensor) => tf.mul(cube(x), x))));
      assert.deepEqual(numbersOf(third(tf.tensor1d([1, 2]))), [24, 48]);
      const inner = tf.customGrad((x) => ({ value: cube(x as tf.Tensor), gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.grad(cube)(tf.tensor1d([1, 2]))) })); // prettier-ignore
      assert.deepEqual(numbersOf(tf.grad((x: tf.Tensor) => tf.mul(inner(tf.mul(x, 1)), 2))(tf.tensor1d([1, 2]))), [6, 24]); // prettier-ignore
    }),
  ));

test("what the way back has used is given back on the way, and nothing stays", () =>
  onEach(() => {
    const x = tf.ones([64, 64]);
    const taken: number[] = [];
    const watch = tf.customGrad((x) => ({
      value: tf.mul(x as tf.Tensor, 1),
      gradFunc: (dy: tf.Tensor) => {
        taken.push(tf.memory().numBytes);
        return tf.mul(dy, 1);
      },
    }));
    const chain = (x: tf.Tensor) => Array.from({ length: 20 }).reduce((y: tf.Tensor) => watch(tf.square(y)), x);
    const before = tf.memory();
    tf.tidy(() => void tf.grad(chain)(x));
    assert.equal(taken.length, 20);
    taken.slice(1).forEach((bytes, i) => assert.ok(bytes < taken[i], `layer ${i + 1} of the way back finds ${bytes} bytes taken, the one before ${taken[i]}`)); // prettier-ignore
    assert.equal(tf.memory().numTensors, before.numTensors);
    assert.throws(() => tf.grad((x: tf.Tensor) => tf.matMul(tf.square(x) as tf.Tensor2D, tf.ones([3, 3])))(x), /inner/i); // prettier-ignore
    assert.equal(tf.memory().numBytes, before.numBytes, "also where the function throws");
    x.dispose();
  }));
