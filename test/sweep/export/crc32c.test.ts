import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32c } from "../../../lib/sweep/export/crc32c";

test("crc32c() has the sums of RFC 3720, and that of the nine digits", () => {
  assert.equal(crc32c(Buffer.from("123456789")), 0xe3069283);
  assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assert.equal(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e);
  assert.equal(crc32c(new Uint8Array(0)), 0);
});
