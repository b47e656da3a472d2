import assert from "node:assert/strict";
import { test } from "node:test";
import { toTFRecord } from "../../../lib/sweep/export/toTFRecord";

test("toTFRecord() frames bytes as TensorFlow does", () => {
  assert.equal(toTFRecord(Buffer.from("abc")).toString("hex"), "0300000000000000b099490e6162636e57f121");
});
