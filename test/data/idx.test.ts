import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseIdx, toIdx } from "../../lib/data/idx";
import { idxOf, randomBytes } from "./samples";

const values = randomBytes(24);

test("parseIdx() reads dimensions and bytes, plain or gzip", () => {
  const file = idxOf([2, 3, 4], values);
  for (const bytes of [
    file,
    gzipSync(file),
    Buffer.concat([gzipSync(file.subarray(0, 9)), gzipSync(file.subarray(9))]),
  ])
    assert.deepEqual(parseIdx(bytes), { type: 0x08, dimensions: [2, 3, 4], values });
});

test("toIdx() makes the file that parseIdx() reads, with dimensions of any size", () => {
  assert.deepEqual(Buffer.compare(toIdx([2, 3, 4], values), idxOf([2, 3, 4], values)), 0);
  const none = new Uint8Array();
  assert.deepEqual(Buffer.compare(toIdx([0xfedcba98, 0], none), idxOf([0xfedcba98, 0], none)), 0);
});

test("parseIdx() reads every type as big-endian", () => {
  const file = (type: number, body: number[]) => parseIdx(idxOf([2], body, type)).values;
  assert.deepEqual(file(0x08, [1, 255]), Uint8Array.of(1, 255));
  assert.deepEqual(file(0x09, [1, 255]), Int8Array.of(1, -1));
  assert.deepEqual(file(0x0b, [1, 2, 255, 254]), Int16Array.of(258, -2));
  assert.deepEqual(file(0x0c, [0, 1, 0, 2, 255, 255, 255, 254]), Int32Array.of(65538, -2));
  assert.deepEqual(file(0x0d, [0x3f, 0xc0, 0, 0, 0xbf, 0x80, 0, 0]), Float32Array.of(1.5, -1));
  const doubles = [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0];
  assert.deepEqual(file(0x0e, doubles), Float64Array.of(1.5, -2));
});

test("parseIdx() reads from the middle of a larger buffer", () => {
  const larger = Buffer.concat([Buffer.alloc(3, 9), idxOf([3], [0, 1, 0, 2, 0, 3], 0x0b), Buffer.alloc(3, 9)]);
  assert.deepEqual(parseIdx(larger.subarray(3, -3)).values, Int16Array.of(1, 2, 3));
});

test("parseIdx() takes an empty dimension whatever the others are", () => {
  const huge = new Array(40).fill(2 ** 32 - 1);
  const { dimensions, values: none } = parseIdx(idxOf([...huge, 0], []));
  assert.deepEqual([dimensions, none.length], [[...huge, 0], 0]);
});

test("parseIdx() refuses a wrong magic number", () => {
  const wrong = (first: number, second: number) => {
    const file = idxOf([24], values);
    file[first] = second;
    return () => parseIdx(file);
  };
  for (const [at, byte] of [
    [0, 1],
    [1, 1],
    [2, 0x0a],
    [2, 0x0f],
    [3, 0],
  ])
    assert.throws(wrong(at, byte), { name: "SyntaxError", message: /^parseIdx\(\): got magic bytes / });
  assert.throws(wrong(2, 0x0a), {
    message:
      "parseIdx(): got magic bytes 00 00 0a 01, wanted 00 00, a type out of 08 09 0b 0c 0d 0e, and 1 or more dimensions; is this an IDX file?",
  });
});

test("parseIdx() refuses a file that ends in its header", () => {
  assert.throws(() => parseIdx(Buffer.alloc(3)), {
    name: "SyntaxError",
    message: "parseIdx(): got 3 bytes, wanted a header of at least 4; is the file cut off?",
  });
  assert.throws(() => parseIdx(idxOf([2, 3, 4], []).subarray(0, 11)), {
    name: "SyntaxError",
    message: "parseIdx(): got 11 bytes, wanted 16 for a header of 3 dimensions; is the file cut off?",
  });
});

test("parseIdx() trusts the bytes that are there, not the header", () => {
  const refuse = (bytes: Uint8Array, message: string) =>
    assert.throws(() => parseIdx(bytes), { name: "SyntaxError", message: `parseIdx(): got ${message}` });
  refuse(
    idxOf([2, 3, 4], values.subarray(1)),
    "23 bytes of values, wanted 24 for dimensions 2 x 3 x 4; the file is cut off or its header is wrong",
  );
  refuse(
    idxOf([2, 3, 2], values),
    "24 bytes of values, wanted 12 for dimensions 2 x 3 x 2; the file is too long or its header is wrong",
  );
  refuse(
    idxOf([6], values, 0x0e),
    "24 bytes of values, wanted 48 for dimensions 6; the file is cut off or its header is wrong",
  );
  const huge = 2 ** 32 - 1;
  assert.throws(() => parseIdx(idxOf(new Array(255).fill(huge), values)), { name: "SyntaxError", message: /Infinity/ });
});

test("parseIdx() stops at maxBytes", () => {
  const file = idxOf([24], values);
  assert.equal(parseIdx(gzipSync(file), { maxBytes: file.length }).values.length, 24);
  for (const bytes of [file, gzipSync(file)])
    assert.throws(() => parseIdx(bytes, { maxBytes: file.length - 1 }), { name: "RangeError" });
});
