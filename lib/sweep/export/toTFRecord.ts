import { crc32c } from "./crc32c";

/** Bytes as a TFRecord, TensorFlow's frame: the length in 64 bits, its check sum, the bytes, and theirs. */
export function toTFRecord(data: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, maskedSum(length), data, maskedSum(data)]);
}

/** CRC-32C, rotated and shifted: the sum of bytes that hold sums themselves says little. */
function maskedSum(bytes: Uint8Array): Buffer {
  const sum = crc32c(bytes);
  const masked = Buffer.alloc(4);
  masked.writeUInt32LE((((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0);
  return masked;
}
