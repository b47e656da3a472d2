/**
 * The small generator that LightFM draws its negative items from: a linear congruential step, tempered (the stream
 * of `rand_r` in the C library musl, written anew from a description of it). One draw costs a few operations; its quality is enough for picking items.
 *
 * @param seed - its low 32 bits count
 * @returns a function whose every call gives the next integer from 0 to 2^31 - 1
 */
export function samplingRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return temper(state) >>> 1;
  };
}

/** The Mersenne Twister's tempering. */
function temper(word: number): number {
  word ^= word >>> 11;
  word ^= (word << 7) & 0x9d2c5680;
  word ^= (word << 15) & 0xefc60000;
  return (word ^ (word >>> 18)) >>> 0;
}
