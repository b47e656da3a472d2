// The tiles that every product is made of. A tile of the result is held in registers while the sum runs. Wasm has
// sixteen vectors of four floats, V8 keeps one for itself, and its scheduler puts the loads of a round before the sums:
// 4 x 8, with eight sums, two vectors of B and four numbers of A, is the most that never spills. Each leaves its sums,
// 8 a row, at `out`; finishTile brings them to where they belong. Beyond the last row or column tiles read what lies
// there and finishTile leaves those sums aside. Unrolling further makes V8 spill.
import { total } from "./lanes";
import { madd } from "./madd";

/** Rows of a tile of `tileRows`. */
export const ROWS: i32 = 4;
/** Columns of every tile but that of `tileDots`. */
export const COLUMNS: i32 = 8;
/** Rows of a tile of `tileColumns`. */
export const COLUMN_ROWS: i32 = 4;
/** Rows, and columns, of a tile of `tileDots`. */
export const DOTS: i32 = 3;
/** Bytes of the sums of a tile. */
export const TILE_BYTES: usize = 128;

/** What becomes of a sum: nothing more, relu, relu6. */
export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const RELU6: i32 = 2;

/**
 * 4 rows of A by 8 columns of B, where a row of A is `taps` runs of `run` numbers, each anywhere in memory: `table`
 * holds 4 addresses for each tap. The rows of B, `stepB` bytes apart, follow one another through all taps. A tap whose
 * addresses are all `zeros` is passed over.
 */
export function tileRows(
  table: usize, taps: i32, run: i32, b: usize, stepB: usize, zeros: usize, out: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (; taps > 0; taps--) {
    let a0 = load<usize>(table);
    let a1 = load<usize>(table, 4);
    let a2 = load<usize>(table, 8);
    let a3 = load<usize>(table, 12);
    table += 16;
    if (a0 == zeros && a1 == zeros && a2 == zeros && a3 == zeros) {
      b += <usize>run * stepB;
      continue;
    }
    for (let n = run; n > 0; n--) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const x0 = v128.load_splat<f32>(a0);
      c00 = madd(x0, b0, c00);
      c01 = madd(x0, b1, c01);
      const x1 = v128.load_splat<f32>(a1);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
      const x2 = v128.load_splat<f32>(a2);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
      const x3 = v128.load_splat<f32>(a3);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
      b += stepB;
    }
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
}

/**
 * 4 rows of A by 8 columns of B, both of `depth`, written to where they belong: for products of few rows, where the way
 * through finishTile would cost too much.
 */
export function tileTo(a: usize, stepA: usize, depth: i32, b: usize, stepB: usize, to: usize, step: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let a0 = a;
  let a1 = a0 + stepA;
  let a2 = a1 + stepA;
  let a3 = a2 + stepA;
  for (; depth > 0; depth--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load_splat<f32>(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load_splat<f32>(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load_splat<f32>(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += stepB;
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += step;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += step;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += step;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

/**
 * 4 neighbouring columns of A, transposed, by 8 columns of B: sums over `images` times `runs` runs of `steps` rows. From
 * one row to the next A moves by `stepA` bytes and B by `stepB`, from one run to the next by `runA` and `runB`, from one
 * image to the next by `imageA` and `imageB`.
 */
export function tileColumns(
  a: usize, stepA: usize, runA: usize, imageA: usize, b: usize, stepB: usize, runB: usize, imageB: usize, steps: i32,
  runs: i32, images: i32, out: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (; images > 0; images--) {
    let fromA = a;
    let fromB = b;
    for (let n = runs; n > 0; n--) {
      let x = fromA;
      let y = fromB;
      for (let left = steps; left > 0; left--) {
        const b0 = v128.load(y);
        const b1 = v128.load(y, 16);
        const x0 = v128.load_splat<f32>(x);
        c00 = madd(x0, b0, c00);
        c01 = madd(x0, b1, c01);
        const x1 = v128.load_splat<f32>(x, 4);
        c10 = madd(x1, b0, c10);
        c11 = madd(x1, b1, c11);
        const x2 = v128.load_splat<f32>(x, 8);
        c20 = madd(x2, b0, c20);
        c21 = madd(x2, b1, c21);
        const x3 = v128.load_splat<f32>(x, 12);
        c30 = madd(x3, b0, c30);
        c31 = madd(x3, b1, c31);
        x += stepA;
        y += stepB;
      }
      fromA += runA;
      fromB += runB;
    }
    a += imageA;
    b += imageB;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
}

/** 4 neighbouring columns of A, transposed, by 8 columns of B, `steps` rows: added to 4 rows of 8 at `to`. */
export function tileColumnsOnto(
  a: usize, stepA: usize, b: usize, stepB: usize, steps: i32, to: usize, step: usize,
): void {
  let c00 = v128.load(to), c01 = v128.load(to, 16);
  let c10 = v128.load(to + step), c11 = v128.load(to + step, 16);
  let c20 = v128.load(to + 2 * step), c21 = v128.load(to + 2 * step, 16);
  let c30 = v128.load(to + 3 * step), c31 = v128.load(to + 3 * step, 16);
  for (; steps > 0; steps--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load_splat<f32>(a, 4);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load_splat<f32>(a, 8);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load_splat<f32>(a, 12);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    a += stepA;
    b += stepB;
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to + step, c10);
  v128.store(to + step, c11, 16);
  v128.store(to + 2 * step, c20);
  v128.store(to + 2 * step, c21, 16);
  v128.store(to + 3 * step, c30);
  v128.store(to + 3 * step, c31, 16);
}

/** Sets 4 rows of 8 at `to` to 0. */
export function clearTile(to: usize, step: usize): void {
  for (let row = 0; row < COLUMN_ROWS; row++, to += step) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
  }
}

/** 3 rows of A by 3 rows of B, each `count` numbers: their nine dot products, 8 floats from row to row. */
export function tileDots(
  a0: usize, a1: usize, a2: usize, b0: usize, b1: usize, b2: usize, count: i32, out: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c10 = c00, c11 = c00, c12 = c00, c20 = c00, c21 = c00, c22 = c00;
  let at: usize = 0;
  for (const end = <usize>(count & ~3) << 2; at < end; at += 16) {
    const x0 = v128.load(a0 + at);
    const x1 = v128.load(a1 + at);
    const x2 = v128.load(a2 + at);
    const y0 = v128.load(b0 + at);
    c00 = madd(x0, y0, c00);
    c10 = madd(x1, y0, c10);
    c20 = madd(x2, y0, c20);
    const y1 = v128.load(b1 + at);
    c01 = madd(x0, y1, c01);
    c11 = madd(x1, y1, c11);
    c21 = madd(x2, y1, c21);
    const y2 = v128.load(b2 + at);
    c02 = madd(x0, y2, c02);
    c12 = madd(x1, y2, c12);
    c22 = madd(x2, y2, c22);
  }
  const rest = count & 3;
  store<f32>(out, total(c00) + restOfDot(a0 + at, b0 + at, rest));
  store<f32>(out, total(c01) + restOfDot(a0 + at, b1 + at, rest), 4);
  store<f32>(out, total(c02) + restOfDot(a0 + at, b2 + at, rest), 8);
  store<f32>(out, total(c10) + restOfDot(a1 + at, b0 + at, rest), 32);
  store<f32>(out, total(c11) + restOfDot(a1 + at, b1 + at, rest), 36);
  store<f32>(out, total(c12) + restOfDot(a1 + at, b2 + at, rest), 40);
  store<f32>(out, total(c20) + restOfDot(a2 + at, b0 + at, rest), 64);
  store<f32>(out, total(c21) + restOfDot(a2 + at, b1 + at, rest), 68);
  store<f32>(out, total(c22) + restOfDot(a2 + at, b2 + at, rest), 72);
}

function restOfDot(a: usize, b: usize, count: i32): f32 {
  let sum: f32 = 0;
  for (; count > 0; count--, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

/**
 * Brings the sums of a tile to their place: adds what is there where `add`, else the bias where there is one (address
 * not 0), applies the activation, and writes `rows` x `columns` of them.
 */
export function finishTile(
  tile: usize, to: usize, step: usize, rows: i32, columns: i32, add: bool, bias: usize, activation: i32,
): void {
  if (columns >= COLUMNS) return finishFullRows(tile, to, step, rows, add, bias, activation);
  for (; rows > 0; rows--) {
    for (let column = 0; column < columns; column++) {
      const at = <usize>column << 2;
      let sum = load<f32>(tile + at);
      if (add) sum += load<f32>(to + at);
      if (bias) sum += load<f32>(bias + at);
      if (activation != LINEAR) sum = max<f32>(sum, 0);
      if (activation == RELU6) sum = min<f32>(sum, 6);
      store<f32>(to + at, sum);
    }
    tile += 32;
    to += step;
  }
}

function finishFullRows(tile: usize, to: usize, step: usize, rows: i32, add: bool, bias: usize, activation: i32): void {
  let bias0 = f32x4.splat(0);
  let bias1 = bias0;
  if (bias) {
    bias0 = v128.load(bias);
    bias1 = v128.load(bias, 16);
  }
  const lowest = f32x4.splat(activation == LINEAR ? -Infinity : 0);
  const highest = f32x4.splat(activation == RELU6 ? 6 : Infinity);
  for (; rows > 0; rows--) {
    let sum0 = f32x4.add(v128.load(tile), bias0);
    let sum1 = f32x4.add(v128.load(tile, 16), bias1);
    if (add) {
      sum0 = f32x4.add(sum0, v128.load(to));
      sum1 = f32x4.add(sum1, v128.load(to, 16));
    }
    v128.store(to, f32x4.min(f32x4.max(sum0, lowest), highest));
    v128.store(to, f32x4.min(f32x4.max(sum1, lowest), highest), 16);
    tile += 32;
    to += step;
  }
}
