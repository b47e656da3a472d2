// Dropout (Srivastava et al., 2014) by the counter-based generator Philox4x32-10 (Salmon et al., 2011): what is drawn
// follows from the key and the place of a number, so that the way back draws it again and threads need not agree.
import { CHUNK } from "./fill";
import { storeUpTo } from "./lanes";

@unmanaged
class Dropout {
  from: usize;
  to: usize;
  count: i32;
  /** What is drawn below this, of 2^16, is dropped. */
  least: i32;
  /** What the rest is multiplied by. */
  scale: f32;
  key0: i32;
  key1: i32;
}

const ROUNDS = 10;
const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

/** The upper halves of four products. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function upper(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** Keeps four numbers or drops them, by four draws of 16 bits. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function keep(n: Dropout, drawn: v128, at: i32, end: i32): void {
  if (at >= end) return;
  const byte = <usize>at << 2;
  const scaled = f32x4.mul(v128.load(n.from + byte), f32x4.splat(n.scale));
  const kept = v128.and(scaled, i32x4.ge_s(drawn, i32x4.splat(n.least)));
  storeUpTo(n.to + byte, kept, end - at);
}

/** The lower halves of four words for four numbers, the upper ones for the next four. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function keepBoth(n: Dropout, drawn: v128, at: i32, end: i32): void {
  keep(n, v128.and(drawn, i32x4.splat(0xffff)), at, end);
  keep(n, i32x4.shr_u(drawn, 16), at + 4, end);
}

/** A chunk is a share of the numbers. */
export function dropout(p: usize, chunk: i32): void {
  const n = changetype<Dropout>(p);
  const start = chunk * CHUNK, end = min(start + CHUNK, n.count);
  const first = i32x4.splat(MULTIPLIER_0), second = i32x4.splat(MULTIPLIER_1);
  for (let at = start; at < end; at += 32) {
    // four counters, each for eight numbers
    let c0 = i32x4.add(i32x4.splat(at >> 3), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(0), c2 = c1, c3 = c1;
    let key0 = n.key0, key1 = n.key1;
    for (let round = 0; round < ROUNDS; round++, key0 += WEYL_0, key1 += WEYL_1) {
      const high0 = upper(c0, first), low0 = i32x4.mul(c0, first);
      const high1 = upper(c2, second), low1 = i32x4.mul(c2, second);
      c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(key0));
      c1 = low1;
      c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(key1));
      c3 = low0;
    }
    keepBoth(n, c0, at, end);
    keepBoth(n, c1, at + 8, end);
    keepBoth(n, c2, at + 16, end);
    keepBoth(n, c3, at + 24, end);
  }
}
