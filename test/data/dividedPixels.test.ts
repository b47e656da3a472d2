import assert from "node:assert/strict";
import { test } from "node:test";
import { dividedBy } from "../../lib/data/dividedPixels";

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const quotients = Float32Array.from(bytes, (byte) => byte / 255);
const pixels = dividedBy(bytes, 255);

test("dividedBy() reads as the quotients do, to the bit, in all that a Float32Array offers of the same name", () => {
  assert.equal(pixels.length, 256);
  assert.deepEqual(pixels.slice(), quotients);
  for (const [start, end] of [[0, 3], [250], [-5, -2], [7, 4], [200, 900]]) {
    assert.deepEqual(pixels.slice(start, end), quotients.slice(start, end));
    assert.deepEqual(pixels.subarray(start, end).slice(), quotients.subarray(start, end));
  }
  for (const index of [0, 255, 256, -1, -257]) assert.equal(pixels.at(index), quotients.at(index));
  const [seen, wanted]: [number[], number[]] = [[], []];
  assert.ok(pixels.every((value, i) => seen.push(value, i)));
  quotients.forEach((value, i) => wanted.push(value, i));
  assert.deepEqual(seen, wanted);
  assert.ok(!pixels.every((value) => value < 1));
});

test("dividedBy() copies no bytes until it is asked to, and 1 leaves them as they are", () => {
  const own = Uint8Array.of(1, 2, 3, 4);
  const asTheyAre = dividedBy(own, 1);
  const rest = asTheyAre.subarray(2);
  const swapped = asTheyAre.takeRows(2, [1, 0, 1]);
  own[2] = 9;
  assert.deepEqual(rest.slice(), Float32Array.of(9, 4));
  assert.deepEqual(swapped.slice(), Float32Array.of(3, 4, 1, 2, 3, 4));
});

test("copyTo() writes from an index on and never less than all", () => {
  const floats = new Float32Array(4);
  dividedBy(Uint8Array.of(1, 2), 2).copyTo(floats, 1);
  assert.deepEqual(floats, Float32Array.of(0, 0.5, 1, 0));
  assert.throws(() => dividedBy(Uint8Array.of(1, 2), 2).copyTo(floats, 3), {
    name: "RangeError",
    message: "copyTo(): 2 pixels from index 3 on do not fit into 4 floats",
  });
});

test("dividedBy() refuses what nothing can be divided by", () => {
  for (const divisor of [0, -1, NaN, Infinity])
    assert.throws(() => dividedBy(bytes, divisor), {
      name: "RangeError",
      message: `dividedBy(): the divisor is ${divisor}; give a finite number above 0, such as 255`,
    });
});
