import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { registerSimd } from "../../../../lib/compute/simd/registerSimd";
import { draw, tensorOf } from "../against";
import { seededRandom } from "../../../../lib/random";

before(() => registerSimd());

type Compute = (x: tf.Tensor) => tf.Tensor;

const squares = (z: tf.Tensor) => tf.add(tf.square(tf.real(z)), tf.mul(2, tf.square(tf.imag(z))));
const both = (x: tf.Tensor) => tf.complex(x, tf.mul(x, tf.reverse(x, 1)));
const other = () => tf.complex(tf.tensor2d([[1, -2, 3, 0.5, 2]]), tf.tensor2d([[-1, 0.5, 2, 1, 0]]));

/** Of a matrix of three rows of five. */
const COMPUTATIONS: Record<string, Compute> = {
  "real and imag": (x) => tf.mul(tf.real(both(x)), tf.imag(both(x))),
  fft: (x) => tf.real(tf.fft(tf.complex(x, tf.zerosLike(x)))),
  "squares of fft": (x) => squares(tf.fft(both(x))),
  "squares of ifft": (x) => squares(tf.ifft(both(x))),
  "fft of four": (x) => squares(tf.fft(both(tf.slice(x, [0, 0], [3, 4])))),
  rfft: (x) => squares(tf.spectral.rfft(x)),
  irfft: (x) => tf.square(tf.spectral.irfft(both(x))),
  "abs of fft": (x) => tf.abs(tf.fft(both(x))),
  product: (x) => squares(tf.mul(both(x), tf.reshape(tf.fft(both(x)), [3, 5]))),
  "product with one row": (x) => squares(tf.mul(tf.fft(both(x)), other())),
  "product of one row with all": (x) => squares(tf.mul(both(tf.sum(x, 0, true)), both(x))),
  "product with real numbers": (x) => squares(tf.mul(both(x), x)),
  "cast to real": (x) => tf.mul(x, tf.cast(tf.fft(both(x)), "float32")),
  difference: (x) => squares(tf.sub(tf.fft(both(x)), both(tf.sum(x, 0, true)))),
  sum: (x) => squares(tf.add(tf.fft(both(x)), both(x))),
};

for (const backend of ["simd", "cpu"])
  for (const [name, compute] of Object.entries(COMPUTATIONS))
    test(`the gradient of ${name} is that of differences on ${backend}`, async () => {
      await tf.setBackend(backend);
      const tensors = tf.memory().numTensors;
      const x = draw(seededRandom(9), [3, 5]);
      const loss: Compute = (x) => tf.sum(tf.mul(compute(x), 0.1));
      const gradient = tf.tidy(() => tf.grad(loss)(tensorOf(x)).dataSync());
      const step = 2 ** -6;
      const at = (values: Float32Array) => tf.tidy(() => loss(tf.tensor2d(values, [3, 5])).dataSync()[0]);
      const moved = (i: number, by: number) => at(x.values.map((value, k) => (k === i ? value + by : value)));
      const most = Math.max(1, ...Array.from(gradient, Math.abs));
      gradient.forEach((value, i) => {
        const [near, far] = [1, 2].map((n) => (moved(i, n * step) - moved(i, -n * step)) / (2 * n * step));
        const difference = (4 * near - far) / 3;
        assert.ok(Math.abs(value - difference) <= 2e-3 * most, `${i}: ${value}, by differences ${difference}`);
      });
      assert.equal(tf.memory().numTensors, tensors, "tensors are left");
    });

test("the gradient of the size of 0 is 0", async () => {
  await tf.setBackend("simd");
  const gradient = tf.tidy(() =>
    tf
      .grad((x) => tf.sum(tf.abs(tf.complex(x, x))))(tf.tensor1d([0, 1]))
      .dataSync(),
  );
  assert.ok(gradient[0] === 0 && Math.abs(gradient[1] - Math.SQRT2) < 1e-6, `${gradient}`);
});

test("the gradient of fft can be differentiated again", async () => {
  await tf.setBackend("simd");
  const energy = (x: tf.Tensor) => tf.sum(squares(tf.fft(tf.complex(x, tf.zerosLike(x)))));
  const slope = (x: tf.Tensor) => tf.sum(tf.square(tf.grad(energy)(x)));
  const x = tf.tensor1d([1, -2, 0.5]);
  const [second, by] = [tf.grad(slope)(x).dataSync(), 2 ** -5];
  second.forEach((value, i) => {
    const at = (move: number) => slope(tf.tensor1d([1, -2, 0.5].map((x, k) => (k === i ? x + move : x)))).dataSync()[0];
    assert.ok(Math.abs(value - (at(by) - at(-by)) / (2 * by)) <= 1e-3 * Math.abs(value) + 1e-2, `${i}: ${value}`);
  });
});
