import assert from "node:assert/strict";

/** The fields of a protocol buffer by number, each with its values in order: numbers, or bytes. */
export type Fields = Record<number, (number | Buffer)[]>;

/** Reads the events of a file as a naive reader does: frame by frame, each sum computed bit by bit. */
export function readEvents(file: Buffer): Fields[] {
  const events: Fields[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const data = file.subarray(at + 12, at + 12 + length);
    assert.equal(data.length, length, "a record is cut short");
    assert.equal(file.readUInt32LE(at + 8), maskedSum(file.subarray(at, at + 8)), "the sum of a length is wrong");
    assert.equal(file.readUInt32LE(at + 12 + length), maskedSum(data), "the sum of a record is wrong");
    events.push(readFields(data));
    at += 16 + length;
  }
  return events;
}

/** Reads the fields of a message. */
export function readFields(bytes: Buffer): Fields {
  const fields: Fields = {};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => bytes.subarray(at, (at += length));
  const readers: Record<number, () => number | Buffer> = {
    0: varint,
    1: () => take(8).readDoubleLE(),
    2: () => take(varint()),
    5: () => take(4).readFloatLE(),
  };
  while (at < bytes.length) {
    const tag = varint();
    (fields[tag >> 3] ??= []).push(readers[tag & 7]());
  }
  assert.equal(at, bytes.length, "a message is cut short");
  return fields;
}

/** The message at this way of field numbers. */
export function messageAt(fields: Fields, ...way: number[]): Fields {
  return way.reduce((inner, field) => readFields(inner[field][0] as Buffer), fields);
}

/** The text of a field. */
export function textAt(fields: Fields, field: number): string {
  return String(fields[field][0]);
}

/** By the definition: a division of polynomials, in integers without a limit. */
function maskedSum(bytes: Buffer): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  crc ^= 0xffffffffn;
  const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn;
  return Number((rotated + 0xa282ead8n) & 0xffffffffn);
}
