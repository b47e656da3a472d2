import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { againstCpu, draw, kernel, registerAll, tensorOf } from "./against";
import { seededRandom } from "../../../lib/random";

before(registerAll);

/** Every length up to 24, powers of two, primes and others. */
const LENGTHS = Array.from({ length: 24 }, (_, i) => i + 1).concat([32, 60, 64, 97, 100, 128, 243, 256, 1000, 1024]);

/** The transform by its definition, in double precision. */
function naive(re: ArrayLike<number>, im: ArrayLike<number>, inverse: boolean): { re: number[]; im: number[] } {
  const length = re.length;
  const result = { re: new Array<number>(length).fill(0), im: new Array<number>(length).fill(0) };
  for (let k = 0; k < length; k++)
    for (let i = 0; i < length; i++) {
      const angle = (((inverse ? 2 : -2) * Math.PI) / length) * ((i * k) % length);
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      result.re[k] += (re[i] * cos - im[i] * sin) / (inverse ? length : 1);
      result.im[k] += (re[i] * sin + im[i] * cos) / (inverse ? length : 1);
    }
  return result;
}

function transform(name: string, re: tf.Tensor, im: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const result = kernel(name, { input: tf.complex(re, im) });
  return [tf.real(result), tf.imag(result)];
}

for (const name of ["FFT", "IFFT"]) {
  test(`${name} is that of the definition for any length, to the precision of float32`, async () => {
    await tf.setBackend("simd-1");
    const random = seededRandom(6);
    for (const length of LENGTHS) {
      const [re, im] = [draw(random, [length]), draw(random, [length])];
      const wanted = naive(re.values, im.values, name === "IFFT");
      const [gotRe, gotIm] = tf.tidy(() => transform(name, tensorOf(re), tensorOf(im)).map((part) => part.dataSync()));
      const most = Math.max(...wanted.re.map((value, k) => Math.hypot(value, wanted.im[k])));
      for (let k = 0; k < length; k++)
        for (const [got, want] of [
          [gotRe[k], wanted.re[k]],
          [gotIm[k], wanted.im[k]],
        ])
          // prettier-ignore
          assert.ok(Math.abs(got - want) <= 1.2e-7 * Math.abs(want) + 1e-12 * most, `${length}: ${got} is not ${want}`);
    }
  });

  test(`${name} does what the cpu kernel does, for any shape`, async () => {
    const random = seededRandom(7);
    for (const shape of [[16], [12], [1], [3, 1], [3, 2], [70, 8], [9, 3, 16], [2, 3, 4, 5], [17, 33]]) {
      const [re, im] = [draw(random, shape), draw(random, shape)];
      const compute = () => transform(name, tensorOf(re), tensorOf(im));
      await againstCpu(`[${shape}]`, compute, { relative: 1e-4, absolute: 1e-4 });
    }
  });

  test(`${name} of nothing is nothing, and a row's NaN and Infinity stay in it`, async () => {
    await tf.setBackend("simd-2");
    for (const shape of [[0], [2, 0], [0, 4]])
      tf.tidy(() => assert.deepEqual(transform(name, tf.zeros(shape), tf.zeros(shape))[0].shape, shape));
    for (const length of [4, 7]) {
      const rows = tf.tidy(() => {
        const x = tf.buffer([3, length]);
        x.set(NaN, 0, 1);
        x.set(Infinity, 2, 0);
        return transform(name, x.toTensor(), tf.zeros([3, length]))[0].arraySync() as number[][];
      });
      assert.ok(rows[0].every(Number.isNaN) && rows[1].every((value) => value === 0), `${rows}`);
      assert.ok(
        rows[2].every((value) => !Number.isFinite(value)),
        `${rows}`,
      );
    }
  });
}

test("IFFT takes FFT back, also of a long row, and leaves no tensor", async () => {
  await tf.setBackend("simd-2");
  const tensors = tf.memory().numTensors;
  const random = seededRandom(8);
  for (const shape of [[1 << 17], [70_001], [5, 3000]]) {
    const x = draw(random, shape);
    const back = tf.tidy(() => tf.real(tf.ifft(tf.fft(tf.complex(tensorOf(x), tf.zeros(shape))))).dataSync());
    back.forEach((value, i) => assert.ok(Math.abs(value - x.values[i]) <= 2e-6, `${value} is not ${x.values[i]}`));
  }
  assert.equal(tf.memory().numTensors, tensors);
});

test("more lengths than are remembered come out right", async () => {
  for (const length of [5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 5]) {
    const x = draw(seededRandom(length), [3, length]);
    const compute = () => tf.spectral.rfft(tensorOf(x));
    await againstCpu(`${length}`, () => [tf.real(compute()), tf.imag(compute())], { relative: 1e-4, absolute: 1e-4 });
  }
});
