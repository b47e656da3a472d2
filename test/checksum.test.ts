import assert from "node:assert/strict";
import { test } from "node:test";
import { newCrc32 } from "../lib/checksum";

// The check values of CRC-32/ISO-HDLC and CRC-32/ISCSI in the catalogue of parametrised CRC algorithms.
const CHECKS: [name: string, polynomial: number, sum: number][] = [
  ["PNG's", 0xedb88320, 0xcbf43926],
  ["Castagnoli's", 0x82f63b78, 0xe3069283],
];

for (const [name, polynomial, sum] of CHECKS)
  test(`${name} check of the nine digits is the known one`, () => {
    assert.equal(newCrc32(polynomial)(Buffer.from("123456789")), sum);
    assert.equal(newCrc32(polynomial)(new Uint8Array()), 0);
  });
