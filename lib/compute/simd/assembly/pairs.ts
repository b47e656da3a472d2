// Passes over two tensors of float32 of which either may be spread over axes of the other. The shape comes in as few
// axes as describe it, innermost first; along the innermost an operand goes on or stands still. A number that stands
// still is written out sixteen times, a short row that comes again and again is written out many times: so there is one
// loop for all.
import { scratch } from "../../../threads/assembly/pool";
import { CHUNK } from "./fill";
import { storeFirst, storeFirstBytes, truthsOf } from "./lanes";

/** The axes in the parameters: after a, b, to, count, axes. */
export const AXES: usize = 20;
/** An axis: size, and numbers from one to the next in a and in b; in scratch also where the chunk stands. */
export const AXIS: usize = 12;
const PLACE: usize = 16;

/** Places of the thread's scratch. */
const SPREAD_A: usize = 1024;
const SPREAD_B: usize = 1088;
const REPEATED: usize = 2048;

/** Numbers of a row that is worth repeating at most, and numbers the repeated rows have at least. */
const SHORT: i32 = 512;

/** An operand, as it is now. */
let addressA: usize = 0;
let addressB: usize = 0;

/** Makes ready the axes in scratch for a chunk that starts with this number of the result. */
function enter(p: usize, start: i32): void {
  const axes = load<i32>(p, 16);
  for (let axis = 0; axis < axes; axis++) {
    const from = p + AXES + <usize>axis * AXIS;
    const to = scratch + <usize>axis * PLACE;
    v128.store(to, v128.load(from));
  }
  addressA = load<usize>(p);
  addressB = load<usize>(p, 4);
  if (axes == 2) repeatRow();
  let rest = start / load<i32>(scratch);
  for (let axis = 1; axis < axes; axis++) {
    const at = scratch + <usize>axis * PLACE;
    const size = load<i32>(at);
    const place = rest % size;
    rest /= size;
    store<i32>(at, place, 12);
    addressA += <usize>(place * load<i32>(at, 4)) << 2;
    addressB += <usize>(place * load<i32>(at, 8)) << 2;
  }
}

/** Where one operand is a short row that every row of the other meets: makes one long row of many. */
function repeatRow(): void {
  const inner = load<i32>(scratch);
  if (inner >= SHORT || !load<i32>(scratch, 4) || !load<i32>(scratch, 8)) return;
  const isA = load<i32>(scratch, PLACE + 4) == 0;
  const step = scratch + PLACE + (isA ? 8 : 4);
  if (load<i32>(step) != inner) return;
  const long = inner * (SHORT / inner + 1);
  const row = scratch + REPEATED;
  const bytes = <usize>long << 2;
  let done = <usize>inner << 2;
  memory.copy(row, isA ? addressA : addressB, done);
  for (; done < bytes; done <<= 1) memory.copy(row + done, row, min(done, bytes - done));
  if (isA) addressA = row;
  else addressB = row;
  store<i32>(scratch, long);
  store<i32>(step, long);
}

/** Goes on to the next row of the innermost axis. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function advance(axes: i32): void {
  for (let axis = 1; axis < axes; axis++) {
    const at = scratch + <usize>axis * PLACE;
    const size = load<i32>(at), stepA = load<i32>(at, 4), stepB = load<i32>(at, 8);
    const place = load<i32>(at, 12) + 1;
    addressA += <usize>stepA << 2;
    addressB += <usize>stepB << 2;
    store<i32>(at, place, 12);
    if (place < size || axis == axes - 1) return;
    store<i32>(at, 0, 12);
    addressA -= <usize>(stepA * size) << 2;
    addressB -= <usize>(stepB * size) << 2;
  }
}

/** Where the operand's numbers of a run lie: in place, or sixteen times the one that stands still. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function operand(address: usize, column: i32, step: i32, spread: usize): usize {
  if (step) return address + (<usize>column << 2);
  const number = v128.load32_splat(address);
  v128.store(spread, number);
  v128.store(spread, number, 16);
  v128.store(spread, number, 32);
  v128.store(spread, number, 48);
  return spread;
}

/** Applies an operation to all pairs of numbers. */
export function zip<Operation>(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  const end = min(start + CHUNK, load<i32>(p, 12));
  const axes = load<i32>(p, 16);
  enter(p, start);
  const inner = load<i32>(scratch), stepA = load<i32>(scratch, 4), stepB = load<i32>(scratch, 8);
  const to = load<usize>(p, 8);
  for (let at = start, column = start % inner; at < end; column = 0) {
    const length = min(inner - column, end - at);
    const a = operand(addressA, column, stepA, scratch + SPREAD_A);
    const b = operand(addressB, column, stepB, scratch + SPREAD_B);
    zipRun<Operation>(a, b, to + (<usize>at << 2), length, stepA, stepB);
    at += length;
    advance(axes);
  }
}

function zipRun<Operation>(a: usize, b: usize, to: usize, left: i32, stepA: i32, stepB: i32): void {
  const operation = changetype<Operation>(0);
  const nextA = <usize>stepA << 6, nextB = <usize>stepB << 6;
  for (; left >= 16; left -= 16, a += nextA, b += nextB, to += 64) {
    v128.store(to, operation.of(v128.load(a), v128.load(b)));
    v128.store(to, operation.of(v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(to, operation.of(v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(to, operation.of(v128.load(a, 48), v128.load(b, 48)), 48);
  }
  for (; left >= 4; left -= 4, a += nextA >> 2, b += nextB >> 2, to += 16)
    v128.store(to, operation.of(v128.load(a), v128.load(b)));
  if (left > 0) storeFirst(to, operation.of(v128.load(a), v128.load(b)), left);
}

/** As `zip`, the result a byte each, 1 where the operation's mask is set. */
export function compare<Operation>(p: usize, chunk: i32): void {
  const start = chunk * CHUNK;
  const end = min(start + CHUNK, load<i32>(p, 12));
  const axes = load<i32>(p, 16);
  enter(p, start);
  const inner = load<i32>(scratch), stepA = load<i32>(scratch, 4), stepB = load<i32>(scratch, 8);
  const to = load<usize>(p, 8);
  for (let at = start, column = start % inner; at < end; column = 0) {
    const length = min(inner - column, end - at);
    const a = operand(addressA, column, stepA, scratch + SPREAD_A);
    const b = operand(addressB, column, stepB, scratch + SPREAD_B);
    compareRun<Operation>(a, b, to + <usize>at, length, stepA, stepB);
    at += length;
    advance(axes);
  }
}

function compareRun<Operation>(a: usize, b: usize, to: usize, left: i32, stepA: i32, stepB: i32): void {
  const operation = changetype<Operation>(0);
  const nextA = <usize>stepA << 6, nextB = <usize>stepB << 6;
  for (; left > 0; left -= 16, a += nextA, b += nextB, to += 16) {
    const truths = truthsOf(
      operation.of(v128.load(a), v128.load(b)),
      operation.of(v128.load(a, 16), v128.load(b, 16)),
      operation.of(v128.load(a, 32), v128.load(b, 32)),
      operation.of(v128.load(a, 48), v128.load(b, 48)),
    );
    if (left >= 16) v128.store(to, truths);
    else storeFirstBytes(to, truths, left);
  }
}
