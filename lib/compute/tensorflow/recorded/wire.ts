/*
 * Protocol Buffers' wire format, as far as a graph of TensorFlow needs it: https://protobuf.dev/programming-guides/encoding.
 */

const WIRE = { varint: 0, bytes: 2, float: 5 } as const;

/** A field with a whole number, of up to 64 bits. */
export function numberField(field: number, value: number): Buffer {
  return Buffer.from([...key(field, WIRE.varint), ...varint(BigInt(value))]);
}

/** A field with a number of 32 bits. */
export function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([Buffer.from(key(field, WIRE.float)), bytes]);
}

/** A field with text, bytes, or a message, which are its fields in any order. */
export function field(number: number, content: string | Uint8Array | Uint8Array[]): Buffer {
  const bytes = Array.isArray(content) ? Buffer.concat(content) : Buffer.from(content as string);
  return Buffer.concat([Buffer.from([...key(number, WIRE.bytes), ...varint(BigInt(bytes.length))]), bytes]);
}

function key(field: number, wire: number): number[] {
  return varint(BigInt((field << 3) | wire));
}

/** Seven bits a byte, the lowest first; a negative number is that of two's complement. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
