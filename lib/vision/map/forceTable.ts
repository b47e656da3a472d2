/** A function of a positive number, read off a table: a fortieth of the time that a power takes, 0.2 % off at most. */
export type ForceTable = (squared: number) => number;

/** Bits of a float that choose the entry: sign, exponent and the first eight of the mantissa. */
const BITS = 17;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Tabulates a function over all positive floats, in steps of a 256th of each power of two. */
export function tabulate(force: (squared: number) => number): ForceTable {
  const table = new Float64Array(1 << (BITS - 1));
  for (let entry = 0; entry < table.length; entry++) {
    bits[0] = (entry << (32 - BITS)) + (1 << (31 - BITS)); // the middle of the step
    table[entry] = force(float[0]);
  }
  return (squared) => {
    float[0] = squared;
    return table[bits[0] >>> (32 - BITS)];
  };
}
