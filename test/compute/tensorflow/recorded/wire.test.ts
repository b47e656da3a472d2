import assert from "node:assert/strict";
import { test } from "node:test";
import { field, floatField, numberField } from "../../../../lib/compute/tensorflow/recorded/wire";

const hex = (bytes: Buffer) => bytes.toString("hex");

test("fields are written as the description of Protocol Buffers has them", () => {
  assert.equal(hex(numberField(1, 150)), "089601");
  assert.equal(hex(field(2, "testing")), "120774657374696e67");
  assert.equal(hex(field(3, numberField(1, 150))), "1a03089601");
});

test("a negative number takes ten bytes, a field from the 16th on a key of two", () => {
  assert.equal(hex(numberField(1, -2)), "08feffffffffffffffff01");
  assert.equal(hex(numberField(16, 0)), "800100");
});

test("a message is its fields one after the other, a text may be long, a number of 32 bits comes lowest byte first", () => {
  assert.equal(hex(field(1, [numberField(1, 1), numberField(2, 2)])), "0a0408011002");
  assert.equal(hex(field(1, "x".repeat(200)).subarray(0, 4)), "0ac80178");
  assert.equal(hex(floatField(4, 1)), "250000803f");
});
