// Passes over one tensor. An operation is a class whose fields are the task's parameters and whose `of` takes four numbers;
// a task is the pass with that operation.
import { CHUNK } from "./fill";
import { storeFirst } from "./lanes";
import { CONSTANT_BYTES, constants } from "./math";

@unmanaged
export class Pass {
  from: usize;
  to: usize;
  count: i32;
  /** What the operation needs. */
  first: f32;
  second: f32;
}

/** Applies an operation to all numbers. */
export function map<Operation>(p: usize, chunk: i32): void {
  const pass = changetype<Pass>(p);
  const operation = changetype<Operation>(p);
  const start = chunk * CHUNK;
  let left = min(CHUNK, pass.count - start);
  let from = pass.from + (<usize>start << 2);
  let to = pass.to + (<usize>start << 2);
  for (; left >= 16; left -= 16, from += 64, to += 64) {
    v128.store(to, operation.of(v128.load(from)));
    v128.store(to, operation.of(v128.load(from, 16)), 16);
    v128.store(to, operation.of(v128.load(from, 32)), 32);
    v128.store(to, operation.of(v128.load(from, 48)), 48);
  }
  for (; left >= 4; left -= 4, from += 16, to += 16) v128.store(to, operation.of(v128.load(from)));
  if (left > 0) storeFirst(to, operation.of(v128.load(from)), left);
}

/** As `map`, for functions of math.ts. */
export function mapLong<Operation>(p: usize, chunk: i32): void {
  const pass = changetype<Pass>(p);
  const operation = changetype<Operation>(p);
  const c = constants();
  const start = chunk * CHUNK;
  let left = min(CHUNK, pass.count - start);
  let from = pass.from + (<usize>start << 2);
  let to = pass.to + (<usize>start << 2);
  for (; left >= 4; left -= 4, from += 16, to += 16) v128.store(to, operation.of(v128.load(from), c));
  if (left > 0) {
    v128.store(c + CONSTANT_BYTES, operation.of(v128.load(from), c));
    memory.copy(to, c + CONSTANT_BYTES, <usize>left << 2);
  }
}
