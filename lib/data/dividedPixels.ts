import { takeRows } from "./takeRows";

/**
 * Pixels that are kept as bytes and divided whenever they are read: the floats they stand for would take four times the
 * memory. Their values are those of a Float32Array of the quotients, to the bit.
 */
export class DividedPixels {
  /** How many pixels there are. */
  readonly length: number;

  /**
   * @param bytes - not copied
   * @param quotients - what each of the 256 bytes stands for
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly quotients: Float32Array,
  ) {
    this.length = bytes.length;
  }

  /** The value at an index, undefined where there is none; negative ones count from the end. */
  at(index: number): number | undefined {
    const byte = this.bytes.at(index);
    return byte === undefined ? undefined : this.quotients[byte];
  }

  /** Whether a test holds for every value. */
  every(test: (value: number, index: number) => unknown): boolean {
    for (let i = 0; i < this.length; i++) if (!test(this.quotients[this.bytes[i]], i)) return false;
    return true;
  }

  /** Some of the pixels, in this same form, without copying; start and end as those of Float32Array.subarray. */
  subarray(start?: number, end?: number): DividedPixels {
    return new DividedPixels(this.bytes.subarray(start, end), this.quotients);
  }

  /** Some of the pixels, or all, as an array of floats of their own; start and end as those of Float32Array.slice. */
  slice(start?: number, end?: number): Float32Array {
    const some = this.subarray(start, end);
    const floats = new Float32Array(some.length);
    some.copyTo(floats);
    return floats;
  }

  /** Writes all values into an array of floats, from index `at` on. */
  copyTo(floats: Float32Array, at = 0): void {
    const { bytes, quotients, length } = this;
    if (at + length > floats.length)
      throw new RangeError(`copyTo(): ${length} pixels from index ${at} on do not fit into ${floats.length} floats`);
    for (let i = 0; i < length; i++) floats[at + i] = quotients[bytes[i]];
  }

  /** Copies rows, in the order in which they are named: [indices.length, width]; see `takeRows`. */
  takeRows(width: number, indices: ArrayLike<number>): DividedPixels {
    return new DividedPixels(takeRows(this.bytes, width, indices), this.quotients);
  }
}

/**
 * Bytes divided by a number, each when it is read; the bytes are not copied.
 *
 * @param divisor - 255 makes fractions 0 … 1 of them, 1 leaves them as they are
 * @throws RangeError when the divisor is not a finite number above 0
 */
export function dividedBy(bytes: Uint8Array, divisor: number): DividedPixels {
  if (!(divisor > 0 && divisor < Infinity))
    throw new RangeError(`dividedBy(): the divisor is ${divisor}; give a finite number above 0, such as 255`);
  return new DividedPixels(
    bytes,
    Float32Array.from({ length: 256 }, (_, byte) => byte / divisor),
  );
}
