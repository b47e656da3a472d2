import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { firstImages, holdOutLast, takeImages, trainTestSplit } from "../../lib/data/split";
import numpy from "../fixtures/numpy.json";
import { randomBytes } from "./samples";

test("trainTestSplit() splits as scikit-learn does, index for index", () => {
  for (const { n, testSize, randomState, train, test: held } of numpy.smallSplits) {
    const split = trainTestSplit(n, { testSize, randomState });
    assert.deepEqual([[...split.train], [...split.test]], [train, held], `${n} rows`);
  }
});

test("trainTestSplit() splits 60,000 rows as scikit-learn does", () => {
  for (const { n, testSize, randomState, train, test: held } of numpy.largeSplits) {
    const split = trainTestSplit(n, { testSize, randomState });
    for (const [ours, theirs] of [
      [split.train, train],
      [split.test, held],
    ] as const) {
      assert.deepEqual([...ours.subarray(0, 20)], theirs.first);
      assert.deepEqual([...ours.subarray(-20)], theirs.last);
      const bytes = Buffer.alloc(4 * ours.length);
      ours.forEach((index, i) => bytes.writeInt32LE(index, 4 * i));
      assert.equal(createHash("sha256").update(bytes).digest("hex"), theirs.sha256);
    }
  }
});

test("trainTestSplit() holds out a fifth with seed 42 unless told otherwise, and takes anything with a length", () => {
  assert.deepEqual(trainTestSplit(new Uint8Array(50)), trainTestSplit(50, { testSize: 0.2, randomState: 42 }));
});

test("trainTestSplit() and holdOutLast() refuse shares and rows that leave a part empty", () => {
  for (const share of [0, 1, -0.1, 1.5, NaN]) {
    assert.throws(() => trainTestSplit(10, { testSize: share }), {
      name: "RangeError",
      message: `trainTestSplit(): testSize ${share} is not between 0 and 1; 0.2 holds out a fifth`,
    });
    assert.throws(() => holdOutLast(10, share), { message: /^holdOutLast\(\): share .+ is not between 0 and 1/ });
  }
  for (const rows of [0, 1, 2.5, -4])
    assert.throws(() => trainTestSplit(rows), {
      name: "RangeError",
      message: `trainTestSplit(): ${rows} rows cannot be split so that both parts have some; give 2 rows or more`,
    });
  assert.throws(() => holdOutLast(2, 0.9), { message: /^holdOutLast\(\): 2 rows cannot be split/ });
});

test("holdOutLast() keeps the order and holds out what Keras's validation_split does", () => {
  const { train, test: held } = holdOutLast(7);
  assert.deepEqual(
    [[...train], [...held]],
    [
      [0, 1, 2, 3, 4],
      [5, 6],
    ],
  );
  const whole = holdOutLast(60000);
  assert.deepEqual([whole.train.length, whole.test[0], whole.test[11999]], [48000, 48000, 59999]);
  assert.deepEqual([...holdOutLast([1, 2, 3, 4], 0.5).test], [2, 3]);
});

test("takeImages() gathers images and labels in the order of the indices", () => {
  const images = randomBytes(4 * 6);
  const set = { images, labels: Uint8Array.of(5, 6, 7, 8), count: 4, width: 3, height: 2 };
  assert.deepEqual(takeImages(set, [2, 0, 2]), {
    images: Uint8Array.of(...images.subarray(12, 18), ...images.subarray(0, 6), ...images.subarray(12, 18)),
    labels: Uint8Array.of(7, 5, 7),
    count: 3,
    width: 3,
    height: 2,
  });
  assert.equal(takeImages(set, new Int32Array(0)).count, 0);
});

test("takeImages() refuses an index that is no image's", () => {
  const set = { images: new Uint8Array(4), labels: new Uint8Array(4), count: 4, width: 1, height: 1 };
  for (const index of [4, -1, 0.5])
    assert.throws(() => takeImages(set, [0, index]), {
      name: "RangeError",
      message: `takeImages(): index ${index} is not one of 0 to 3; take indices of this very set`,
    });
});

test("firstImages() gives the first images of a set, or all, without copying", () => {
  const images = randomBytes(4 * 6);
  const set = { images, labels: Uint8Array.of(5, 6, 7, 8), count: 4, width: 3, height: 2 };
  const first = firstImages(set, 3);
  assert.deepEqual(first, { ...set, images: images.slice(0, 18), labels: Uint8Array.of(5, 6, 7), count: 3 });
  assert.equal(first.images.buffer, images.buffer);
  assert.deepEqual([firstImages(set, 4), firstImages(set, 60_000)], [set, set]);
});

test("firstImages() refuses a count that is none", () => {
  const set = { images: new Uint8Array(4), labels: new Uint8Array(4), count: 4, width: 1, height: 1 };
  for (const count of [0, -1, 1.5, NaN])
    assert.throws(() => firstImages(set, count), {
      name: "RangeError",
      message: `firstImages(): count ${count} is not an integer of 1 or more`,
    });
});
