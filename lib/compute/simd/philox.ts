const ROUNDS = 10;

/** The upper 32 bits of a product of two unsigned words. */
function upper(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)) >>> 0;
}

/**
 * The four words that Philox4x32-10 draws for a counter (Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as
 * 1, 2, 3", 2011): they follow from key and counter alone.
 *
 * @param counter - the lowest of the counter's four words; the others are 0
 * @param key - two unsigned words
 */
export function philox(counter: number, [key0, key1]: [number, number]): Uint32Array {
  const words = Uint32Array.of(counter, 0, 0, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const [c0, c1, c2, c3] = words;
    words[0] = upper(0xcd9e8d57, c2) ^ c1 ^ (key0 + round * 0x9e3779b9);
    words[1] = Math.imul(0xcd9e8d57, c2);
    words[2] = upper(0xd2511f53, c0) ^ c3 ^ (key1 + round * 0xbb67ae85);
    words[3] = Math.imul(0xd2511f53, c0);
  }
  return words;
}
