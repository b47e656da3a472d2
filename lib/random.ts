/** A seeded source of random bits whose state can be saved and taken up again. */
export interface Random {
  /** The next unsigned 32-bit integer. */
  uint32(): number;
  /** The next double, uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A copy of the state; hand it to the maker of the generator to go on from here. */
  state(): number[];
}

/**
 * The generator to use by default: sfc32 (Chris Doty-Humphrey, PractRand, 2010), small, fast and of good quality.
 *
 * @param seed - any integer. No two safe integers begin in the same state; larger ones do where they differ by a
 * multiple of 2^64. With a `state` it is neither used nor checked
 * @param state - four words from `state()`, to go on where that generator stood
 * @throws RangeError for a seed that is no integer, TypeError for a state of another length
 */
export function seededRandom(seed: number, state: number[] = warmedSfc32(seed)): Random {
  const words = Uint32Array.from(checkedState(state, 4));
  const uint32 = () => nextSfc32(words);
  return { uint32, uniform: () => uniformOf(uint32), state: () => [...words] };
}

/**
 * NumPy's legacy generator, `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937 (Matsumoto and Nishimura,
 * 1998). Draw for draw the same as NumPy's, so that splits made by scikit-learn can be reproduced.
 *
 * @param seed - an integer from 0 to 2^32 - 1; with a `state` it is neither used nor checked
 * @param state - 625 words from `state()`, to go on where that generator stood
 * @throws RangeError for a seed that cannot be, TypeError for a state of another length
 */
export function numpyRandom(seed: number, state: number[] = seededTwister(seed)): Random {
  const words = Uint32Array.from(checkedState(state, TWISTER_WORDS + 1));
  const uint32 = () => nextTwister(words);
  return { uint32, uniform: () => uniformOf(uint32), state: () => [...words] };
}

/**
 * A uniform integer from `low` up to, not including, `high`, by masked rejection as in NumPy.
 *
 * @param low - an integer
 * @param high - an integer
 * @throws RangeError when one of them is no integer, or `high - low` is not from 1 to 2^32
 */
export function integer(random: Random, low: number, high: number): number {
  const range = high - low - 1;
  if (!Number.isInteger(low) || !Number.isInteger(range) || range < 0 || range > 0xffffffff)
    throw new RangeError(`integer(): low ${low} and high ${high} must be integers with low < high <= low + 2^32`);
  if (range === 0) return low;
  const mask = 0xffffffff >>> Math.clz32(range);
  let value = (random.uint32() & mask) >>> 0;
  while (value > range) value = (random.uint32() & mask) >>> 0;
  return low + value;
}

/** A draw from the normal distribution with mean 0 and standard deviation 1 (Box and Muller, 1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

/**
 * One element of a list, each as likely as the others.
 *
 * @throws RangeError when the list is empty
 */
export function pick<T>(random: Random, list: ArrayLike<T>): T {
  if (list.length === 0) throw new RangeError("pick(): the list is empty; give at least one element");
  return list[integer(random, 0, list.length)];
}

/** Shuffles an array in place (Fisher and Yates, in NumPy's order of draws) and returns it. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(random: Random, array: T): T {
  for (let i = array.length - 1; i > 0; i--) {
    // What integer(random, 0, i + 1) draws, several times faster: a training shuffles in every epoch.
    const mask = 0xffffffff >>> Math.clz32(i);
    let j = random.uint32() & mask;
    while (j > i) j = random.uint32() & mask;
    const last = array[i];
    array[i] = array[j];
    array[j] = last;
  }
  return array;
}

/**
 * The integers 0 … length - 1 in random order, as `RandomState.permutation(length)` draws them.
 *
 * @param order - where they go, if not into an array of their own; shape [length]
 */
export function permutation(random: Random, length: number, order: Int32Array = new Int32Array(length)): Int32Array {
  for (let i = 0; i < length; i++) order[i] = i;
  return shuffle(random, order);
}

/** NumPy's `random_sample`: 53 bits out of two draws. */
function uniformOf(uint32: () => number): number {
  const high = uint32() >>> 5;
  const low = uint32() >>> 6;
  return (high * 0x4000000 + low) / 0x20000000000000;
}

function checkedState(state: number[], length: number): number[] {
  if (state.length !== length)
    throw new TypeError(`a generator's state: got ${state.length} words, wanted ${length}; pass what state() returned`);
  return state;
}

// sfc32 ------------------------------------------------------------------------------------------------------------

/** Rounds that mix the seed into all four words, the number its author recommends. */
const WARM_UP = 12;

function warmedSfc32(seed: number): number[] {
  if (!Number.isInteger(seed)) throw new RangeError(`seededRandom(): seed ${seed} is not an integer`);
  const words = Uint32Array.of(0, seed, Math.floor(seed / 0x100000000), 1);
  for (let round = 0; round < WARM_UP; round++) nextSfc32(words);
  return [...words];
}

function nextSfc32(words: Uint32Array): number {
  const b = words[1]; // by its place: destructuring goes through an iterator
  const c = words[2];
  const counter = words[3];
  const out = (words[0] + b + counter) >>> 0;
  words[0] = b ^ (b >>> 9);
  words[1] = c + (c << 3);
  words[2] = ((c << 21) | (c >>> 11)) + out;
  words[3] = counter + 1;
  return out;
}

// MT19937: 624 words and, last, the place of the next one to hand out ------------------------------------------------

const TWISTER_WORDS = 624;
const TWISTER_SHIFT = 397;
const TWISTER_MATRIX = 0x9908b0df;

function seededTwister(seed: number): number[] {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`numpyRandom(): seed ${seed} is not an integer from 0 to 2^32 - 1`);
  const words = new Uint32Array(TWISTER_WORDS + 1);
  words[0] = seed;
  for (let i = 1; i < TWISTER_WORDS; i++) {
    const previous = words[i - 1] ^ (words[i - 1] >>> 30);
    words[i] = Math.imul(previous, 1812433253) + i;
  }
  words[TWISTER_WORDS] = TWISTER_WORDS;
  return [...words];
}

function nextTwister(words: Uint32Array): number {
  if (words[TWISTER_WORDS] >= TWISTER_WORDS) twist(words);
  let value = words[words[TWISTER_WORDS]++];
  value ^= value >>> 11;
  value ^= (value << 7) & 0x9d2c5680;
  value ^= (value << 15) & 0xefc60000;
  return (value ^ (value >>> 18)) >>> 0;
}

function twist(words: Uint32Array): void {
  for (let i = 0; i < TWISTER_WORDS; i++) {
    const joined = (words[i] & 0x80000000) | (words[(i + 1) % TWISTER_WORDS] & 0x7fffffff);
    const twisted = (joined >>> 1) ^ (joined & 1 ? TWISTER_MATRIX : 0);
    words[i] = words[(i + TWISTER_SHIFT) % TWISTER_WORDS] ^ twisted;
  }
  words[TWISTER_WORDS] = 0;
}
