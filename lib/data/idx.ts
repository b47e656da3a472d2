import { decompress } from "./decompress";

/** The typed arrays that the types of IDX files become. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** What an IDX file holds. */
export interface Idx {
  /** The type byte of the header: 0x08 u8, 0x09 i8, 0x0b i16, 0x0c i32, 0x0d f32, 0x0e f64. */
  type: number;
  /** For example [60000, 28, 28]. */
  dimensions: number[];
  /** All values, last dimension fastest; bytes are a view of what was parsed, wider types a copy. */
  values: IdxValues;
}

/**
 * Parses an IDX file, the format of MNIST (Yann LeCun): two zero bytes, a type byte, the number of dimensions, each
 * dimension as a 32-bit big-endian integer, then the values. The header is checked against the bytes that are there
 * before anything is allocated.
 *
 * @param bytes - the file's content, plain or gzip
 * @param options - settings by name
 * @param options.maxBytes - the most bytes the unpacked content may have, default 128 MiB
 * @throws SyntaxError when the content is malformed, RangeError when it is larger than `maxBytes`
 */
export function parseIdx(bytes: Uint8Array, options: { maxBytes?: number } = {}): Idx {
  const content = decompress(bytes, options);
  const type = checkedType(content);
  const dimensions = readDimensions(content);
  const body = content.subarray(4 + 4 * dimensions.length);
  checkSize(body.length, dimensions, READERS[type].size);
  return { type, dimensions, values: READERS[type].read(body) };
}

/**
 * The IDX file of bytes: what `parseIdx` reads.
 *
 * @internal
 */
export function toIdx(dimensions: number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.from([0, 0, 0x08, dimensions.length, ...dimensions.flatMap(bigEndian)]);
  return Buffer.concat([header, bytes]);
}

function bigEndian(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

const READERS: Record<number, { size: number; read: (body: Uint8Array) => IdxValues }> = {
  0x08: { size: 1, read: (body) => new Uint8Array(body.buffer, body.byteOffset, body.length) },
  0x09: { size: 1, read: (body) => new Int8Array(body.buffer, body.byteOffset, body.length) },
  0x0b: { size: 2, read: (body) => decode(new Int16Array(body.length / 2), body, "getInt16") },
  0x0c: { size: 4, read: (body) => decode(new Int32Array(body.length / 4), body, "getInt32") },
  0x0d: { size: 4, read: (body) => decode(new Float32Array(body.length / 4), body, "getFloat32") },
  0x0e: { size: 8, read: (body) => decode(new Float64Array(body.length / 8), body, "getFloat64") },
};

/** DataView's getters read big-endian unless told otherwise. */
function decode<T extends IdxValues>(
  values: T,
  body: Uint8Array,
  getter: "getInt16" | "getInt32" | "getFloat32" | "getFloat64",
): T {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let i = 0; i < values.length; i++) values[i] = view[getter](i * values.BYTES_PER_ELEMENT);
  return values;
}

function checkedType(content: Uint8Array): number {
  if (content.length < 4)
    throw new SyntaxError(
      `parseIdx(): got ${content.length} bytes, wanted a header of at least 4; is the file cut off?`,
    );
  const magic = [...content.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  if (content[0] !== 0 || content[1] !== 0 || !(content[2] in READERS) || content[3] === 0)
    throw new SyntaxError(
      `parseIdx(): got magic bytes ${magic}, wanted 00 00, a type out of 08 09 0b 0c 0d 0e, and 1 or more dimensions; is this an IDX file?`,
    );
  return content[2];
}

function readDimensions(content: Uint8Array): number[] {
  const count = content[3];
  if (content.length < 4 + 4 * count)
    throw new SyntaxError(
      `parseIdx(): got ${content.length} bytes, wanted ${4 + 4 * count} for a header of ${count} dimensions; is the file cut off?`,
    );
  const view = new DataView(content.buffer, content.byteOffset);
  return Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i));
}

function checkSize(got: number, dimensions: number[], size: number): void {
  const wanted = dimensions.includes(0) ? 0 : dimensions.reduce((product, dimension) => product * dimension, size);
  if (got !== wanted)
    throw new SyntaxError(
      `parseIdx(): got ${got} bytes of values, wanted ${wanted} for dimensions ${dimensions.join(" x ")}; the file is ${got < wanted ? "cut off" : "too long"} or its header is wrong`,
    );
}
