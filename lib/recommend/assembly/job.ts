// What a training works on. A task's parameters are the address of the job and the number of visits in this slice; the
// job is a block of 32-bit words that stays the same for a whole training (fast/fastEpochs.ts writes it).
//
// A row of a side (an item or a user) is a record: components, then two more numbers, then zeros up to a whole vector of
// four. The two are bias and 1 for an item, 1 and bias for a user, so that a score is a plain dot product. At `memory`
// bytes from a record lie its sums of squares, at `momentum` bytes Adadelta's second memory.

/** Bytes of a record's vector. */
export let vectorBytes: usize = 0;
/** Bytes of the vectors of four that hold nothing but components. */
export let bodyBytes: usize = 0;

/** One side's words in the job, from its first on. */
const SIDE_BYTES: usize = 40;
const SIDES: usize = 16;

// Items.
export let itemRecords: usize = 0;
export let itemStride: usize = 0;
export let itemMemory: usize = 0;
export let itemMomentum: usize = 0;
/** Where the entries of each row of features begin; 0 where every item is its own one feature. */
export let itemOffsets: usize = 0;
export let itemIndices: usize = 0;
export let itemWeights: usize = 0;
export let itemAlpha: f32 = 0;
export let itemFrozen: i32 = 0;
/** A vector of ones and zeros (all bits): which numbers of a record are learned. */
export let itemMask: usize = 0;

// Users.
export let userRecords: usize = 0;
export let userStride: usize = 0;
export let userMemory: usize = 0;
export let userMomentum: usize = 0;
export let userOffsets: usize = 0;
export let userIndices: usize = 0;
export let userWeights: usize = 0;
export let userAlpha: f32 = 0;
export let userFrozen: i32 = 0;
export let userMask: usize = 0;

// Interactions.
/** How many items can be drawn. */
export let items: u32 = 0;
/**
 * The visits of this slice, a word each: user, item and its mark side by side, the item in the last `itemBits` bits, or,
 * where `itemBits` is 0, the number of an entry. Marked are the items of entries that are not positive.
 */
export let slice: usize = 0;
export let itemBits: u32 = 0;
/** Where entries are numbered: user and item of each, 8 bytes, the mark in the item's highest bit. */
export let pairs: usize = 0;
/** The same for weights; 0 where all weigh 1. */
export let weights: usize = 0;
/** The items of each user that are never negatives, ascending. */
export let chosenOffsets: usize = 0;
export let chosenIndices: usize = 0;
/** The same as a bit for each user and item; 0 where that would take too much memory. */
export let chosenBits: usize = 0;
export let bitsStride: usize = 0;
/** Items that "bpr" draws from, and how many. */
export let pool: usize = 0;
export let poolSize: u32 = 0;

// Settings.
/** The weight of the rank that one draw, two draws and so on let expect; it is 0 from `rankDraws` draws on. */
export let rankWeights: usize = 0;
export let rankDraws: i32 = 0;
export let maxSampled: i32 = 0;
export let kth: i32 = 0;
export let candidates: u32 = 0;
export let adadelta: i32 = 0;
export let learningRate: f32 = 0;
export let rho: f32 = 0;
export let news: f32 = 0;
export let epsilon: f32 = 0;
/** Whether a pair's step can be taken in one pass over the three records. */
export let plainSteps: i32 = 0;

// This chunk.
export let first: usize = 0;
export let last: usize = 0;
/** The chunk's own memory: generator, counts, draws to come, visits to come, room for vectors. */
export let desk: usize = 0;
export let state: u32 = 0;
/** Bytes of the draws to come that are used up. */
export let drawnBytes: usize = 0;
export let visited: f64 = 0;
export let violations: f64 = 0;
export let totalLoss: f64 = 0;

/** Draws are made so many at a time: 32. */
const DRAW_BYTES: usize = 128;
/** Visits are looked up so many at a time: 16, of 12 bytes. */
export const VISIT_BYTES: usize = 12;
const VISITS_BYTES: usize = 192;

// On the desk, in bytes from its begin: the draws to come, as numbers and as items; the visits to come; vectors.
const DRAWS: usize = 64;
const ITEMS: usize = 192;
const VISITS: usize = 320;
const VECTORS: usize = 512;

export let visits: usize = 0;
export let userVector: usize = 0;
export let positiveVector: usize = 0;
export let negativeVector: usize = 0;
export let userGradient: usize = 0;
export let itemGradient: usize = 0;
export let best: usize = 0;

/** Begins a chunk: reads the job, and the chunk's own generator and counts. */
export function begin(p: usize, chunk: i32): void {
  const job = load<usize>(p);
  vectorBytes = load<usize>(job);
  bodyBytes = load<usize>(job, 4);
  const item = job + SIDES, user = item + SIDE_BYTES;
  itemRecords = load<usize>(item);
  itemStride = load<usize>(item, 4);
  itemMemory = load<usize>(item, 8);
  itemMomentum = load<usize>(item, 12);
  itemOffsets = load<usize>(item, 16);
  itemIndices = load<usize>(item, 20);
  itemWeights = load<usize>(item, 24);
  itemAlpha = load<f32>(item, 28);
  itemFrozen = load<i32>(item, 32);
  itemMask = load<usize>(item, 36);
  userRecords = load<usize>(user);
  userStride = load<usize>(user, 4);
  userMemory = load<usize>(user, 8);
  userMomentum = load<usize>(user, 12);
  userOffsets = load<usize>(user, 16);
  userIndices = load<usize>(user, 20);
  userWeights = load<usize>(user, 24);
  userAlpha = load<f32>(user, 28);
  userFrozen = load<i32>(user, 32);
  userMask = load<usize>(user, 36);
  const rest = user + SIDE_BYTES;
  items = load<u32>(rest);
  slice = load<usize>(rest, 4);
  itemBits = load<u32>(rest, 8);
  pairs = load<usize>(rest, 12);
  weights = load<usize>(rest, 16);
  chosenOffsets = load<usize>(rest, 20);
  chosenIndices = load<usize>(rest, 24);
  chosenBits = load<usize>(rest, 28);
  bitsStride = load<usize>(rest, 32);
  pool = load<usize>(rest, 36);
  poolSize = load<u32>(rest, 40);
  rankWeights = load<usize>(rest, 44);
  maxSampled = load<i32>(rest, 48);
  kth = load<i32>(rest, 52);
  candidates = load<u32>(rest, 56);
  adadelta = load<i32>(rest, 60);
  learningRate = load<f32>(rest, 64);
  rho = load<f32>(rest, 68);
  news = load<f32>(rest, 72);
  epsilon = load<f32>(rest, 76);
  plainSteps = load<i32>(rest, 80);
  rankDraws = load<i32>(rest, 84);
  const desks = load<usize>(rest, 88), deskBytes = load<usize>(rest, 92), chunks = load<u32>(rest, 96);
  takeShare(load<u32>(p, 4), chunk, chunks);
  desk = desks + <usize>chunk * deskBytes;
  state = load<u32>(desk);
  drawnBytes = load<usize>(desk, 4);
  visited = load<f64>(desk, 8);
  violations = load<f64>(desk, 16);
  totalLoss = load<f64>(desk, 24);
  visits = desk + VISITS;
  userVector = desk + VECTORS;
  positiveVector = userVector + vectorBytes;
  negativeVector = positiveVector + vectorBytes;
  userGradient = negativeVector + vectorBytes;
  itemGradient = userGradient + vectorBytes;
  best = itemGradient + vectorBytes;
}

/** Every chunk has its own stretch of a slice, as every thread has in LightFM. */
function takeShare(count: u64, chunk: u64, chunks: u64): void {
  first = slice + (<usize>((count * chunk) / chunks) << 2);
  last = slice + (<usize>((count * (chunk + 1)) / chunks) << 2);
}

/** Ends a chunk: the generator and the counts go on from here in the next slice. */
export function end(): void {
  store<u32>(desk, state);
  store<usize>(desk, drawnBytes, 4);
  store<f64>(desk, visited, 8);
  store<f64>(desk, violations, 16);
  store<f64>(desk, totalLoss, 24);
}

/** Notes an interaction that was visited. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function countVisit(): void {
  visited += 1;
}

/** Notes what came of a visit. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function countLoss(violation: f64, loss: f64): void {
  violations += violation;
  totalLoss += loss;
}

/** The next whole number from 0 to 2^31 - 1. */
export function draw(): u32 {
  if (drawnBytes == DRAW_BYTES) refill();
  const number = load<u32>(desk + drawnBytes, DRAWS);
  drawnBytes += 4;
  return number;
}

/** The item that the next number stands for. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function drawItem(): u32 {
  if (drawnBytes == DRAW_BYTES) refill();
  const item = load<u32>(desk + drawnBytes, ITEMS);
  drawnBytes += 4;
  return item;
}

/** Makes the next draws, and has the records of their items brought near. */
function refill(): void {
  for (let at = desk; at < desk + DRAW_BYTES; at += 4) {
    const number = nextNumber();
    store<u32>(at, number, DRAWS);
    store<u32>(at, pool ? load<u32>(pool + (<usize>(number % poolSize) << 2)) : number % items, ITEMS);
  }
  if (!itemOffsets)
    for (let at = desk; at < desk + DRAW_BYTES; at += 4)
      touch(itemRecords + <usize>load<u32>(at, ITEMS) * itemStride, vectorBytes);
  drawnBytes = 0;
}

/** The stream of `samplingRandom`. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function nextNumber(): u32 {
  state = state * 1103515245 + 12345;
  let word = state;
  word ^= word >>> 11;
  word ^= (word << 7) & 0x9d2c5680;
  word ^= (word << 15) & 0xefc60000;
  return (word ^ (word >>> 18)) >>> 1;
}

let touched: i32 = 0;
/** A user's bits are brought near when they are no more than this. */
const NEAR_BYTES: usize = 1024;

/** Reads a number of every cache line, so that what is there is near when it is needed; kept, so that no compiler leaves it out. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function touch(from: usize, bytes: usize): void {
  let sum: i32 = 0;
  for (let at: usize = 0; at < bytes; at += 64) sum |= load<i32>(from + at);
  touched = sum;
}

/** Looks up the next visits, from an address in `slice` on: weight, user and marked item of each. */
export function lookUp(visit: usize): usize {
  const touchBits = bitsStride <= NEAR_BYTES;
  const end = min<usize>(last, visit + (VISITS_BYTES / VISIT_BYTES << 2));
  const to = itemBits ? unpack(visit, end) : follow(visit, end);
  for (let at = visits; at < to; at += VISIT_BYTES) {
    if (touchBits) touch(chosenBits + <usize>load<u32>(at, 4) * bitsStride, bitsStride);
    if (!userOffsets) touch(userRecords + <usize>load<u32>(at, 4) * userStride, userStride);
    if (!itemOffsets) touch(itemRecords + <usize>(load<u32>(at, 8) & ~MARK) * itemStride, itemStride);
  }
  return to;
}

/** Set in an item's number where the entry is not positive. */
export const MARK: u32 = 0x80000000;

/** The visits of words that hold user and item side by side. */
function unpack(visit: usize, end: usize): usize {
  let to = visits;
  const mask: u32 = (<u32>1 << itemBits) - 1;
  for (; visit < end; visit += 4) {
    const word = load<u32>(visit);
    store<f32>(to, 1);
    store<u32>(to, (word & ~MARK) >>> itemBits, 4);
    store<u32>(to, (word & mask) | (word & MARK), 8);
    to += VISIT_BYTES;
  }
  return to;
}

/** The visits of words that are numbers of entries. */
function follow(visit: usize, end: usize): usize {
  let to = visits;
  for (; visit < end; visit += 4) {
    const entry = <usize>load<u32>(visit);
    store<f32>(to, weights ? load<f32>(weights + (entry << 2)) : 1);
    store<u64>(to, load<u64>(pairs + (entry << 3)), 4);
    to += VISIT_BYTES;
  }
  return to;
}

/** The same where there is a bit for each user and item. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
export function bitOf(user: u32, item: u32): i32 {
  return (load<u8>(chosenBits + <usize>user * bitsStride + (item >>> 3)) >>> (item & 7)) & 1;
}

/** Whether an item is one that this user never has for a negative. */
export function isChosen(user: u32, item: u32): bool {
  if (chosenBits) return <bool>bitOf(user, item);
  const offsets = chosenOffsets + (<usize>user << 2);
  let low = load<u32>(offsets);
  let size = load<u32>(offsets, 4) - low;
  if (size == 0) return false;
  while (size > 1) {
    const half = size >>> 1;
    low = select(low + half, low, load<u32>(chosenIndices + (<usize>(low + half) << 2)) <= item);
    size -= half;
  }
  return load<u32>(chosenIndices + (<usize>low << 2)) == item;
}
