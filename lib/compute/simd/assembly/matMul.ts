import { scratch } from "../../../threads/assembly/pool";
import { describeProduct, isNative, multiplyColumnsNatively, multiplyNatively } from "./native";
import {
  COLUMN_ROWS, COLUMNS, DOTS, finishTile, LINEAR, ROWS, TILE_BYTES, tileColumns, tileDots, tileRows,
} from "./tiles";

/** Rows of B that are worked on at once where B is copied into panels: 256 x 8 floats stay in the nearest cache. */
const DEPTH: i32 = 256;
/** Bytes from row to row of B from which on a panel is copied: rows further apart fall into the same cache sets. */
const FAR: usize = 1024;

// Parameters of all three: a, b, to, bias (or 0), rows, columns, depth, activation, rows a chunk, columns a chunk,
// bytes from one matrix of a batch to the next in a, b and to; the batch is the slowest part of the chunk's number,
// then the rows.

/** A [rows, depth] by B [depth, columns]. */
export function matMul(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 16), columns = load<i32>(p, 20), depth = load<i32>(p, 24);
  const stepA = <usize>depth << 2, stepB = <usize>columns << 2;
  const batch = batchOf(p, chunk), firstRow = firstRowOf(p, chunk), firstColumn = firstColumnOf(p, chunk);
  const lastRow = min(firstRow + load<i32>(p, 32), rows), lastColumn = min(firstColumn + load<i32>(p, 36), columns);
  const a = load<usize>(p) + <usize>batch * load<usize>(p, 40);
  const b = load<usize>(p, 4) + <usize>batch * load<usize>(p, 44);
  const to = load<usize>(p, 8) + <usize>batch * load<usize>(p, 48);
  const bias = load<usize>(p, 12), activation = load<i32>(p, 28);
  if (isNative) {
    const at = <usize>firstColumn << 2, there = to + <usize>firstRow * stepB + at;
    const own = describeProduct(
      scratch, a + <usize>firstRow * stepA, depth, b + at, columns, there, columns, lastRow - firstRow,
      lastColumn - firstColumn, depth,
    );
    if (bias) own.bias = bias + at;
    own.activation = activation;
    return multiplyNatively(own);
  }
  const table = scratch, tile = scratch + 32, panel = tile + TILE_BYTES;
  const copied = stepB >= FAR && lastRow - firstRow > 2 * ROWS;
  const most = copied ? DEPTH : max(depth, 1); // with a depth of 0 there are sums to write, too
  for (let start = 0; start < max(depth, 1); start += most) {
    const count = min(most, depth - start);
    const last = start + count >= depth;
    for (let column = firstColumn; column < lastColumn; column += COLUMNS) {
      let from = b + <usize>start * stepB + (<usize>column << 2);
      let step = stepB;
      if (copied) {
        copyPanel(from, stepB, panel, count);
        from = panel;
        step = 32;
      }
      const biasHere = bias && last ? bias + (<usize>column << 2) : 0;
      for (let row = firstRow; row < lastRow; row += ROWS) {
        for (let i = 0; i < ROWS; i++)
          store<usize>(table + (<usize>i << 2), a + <usize>min(row + i, rows - 1) * stepA + (<usize>start << 2));
        tileRows(table, 1, count, from, step, 0, tile);
        finishTile(
          tile, to + <usize>row * stepB + (<usize>column << 2), stepB, min(ROWS, lastRow - row),
          lastColumn - column, start > 0, biasHere, last ? activation : 0,
        );
      }
    }
  }
}

function copyPanel(from: usize, step: usize, to: usize, rows: i32): void {
  for (; rows > 0; rows--, from += step, to += 32) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  }
}

/** A [depth, rows], transposed, by B [depth, columns]. */
export function matMulColumns(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 16), columns = load<i32>(p, 20), depth = load<i32>(p, 24);
  const stepA = <usize>rows << 2, stepB = <usize>columns << 2;
  const batch = batchOf(p, chunk), firstRow = firstRowOf(p, chunk), firstColumn = firstColumnOf(p, chunk);
  const lastRow = min(firstRow + load<i32>(p, 32), rows), lastColumn = min(firstColumn + load<i32>(p, 36), columns);
  const a = load<usize>(p) + <usize>batch * load<usize>(p, 40);
  const b = load<usize>(p, 4) + <usize>batch * load<usize>(p, 44);
  const to = load<usize>(p, 8) + <usize>batch * load<usize>(p, 48);
  const bias = load<usize>(p, 12), activation = load<i32>(p, 28);
  if (isNative && !bias && activation == LINEAR) {
    const at = <usize>firstColumn << 2, there = to + <usize>firstRow * stepB + at;
    return multiplyColumnsNatively(describeProduct(
      scratch, a + (<usize>firstRow << 2), rows, b + at, columns, there, columns, lastRow - firstRow,
      lastColumn - firstColumn, depth,
    ));
  }
  const tile = scratch, panel = scratch + TILE_BYTES, columnsOfA = panel + <usize>DEPTH * 32;
  const bytesOfA = <usize>(lastRow - firstRow + COLUMN_ROWS) * <usize>DEPTH * 4;
  const copied = max(stepA, stepB) >= FAR && depth >= MANY && bytesOfA <= MOST_OF_A;
  const most = copied ? DEPTH : max(depth, 1); // with a depth of 0 there are sums to write, too
  for (let start = 0; start < max(depth, 1); start += most) {
    const count = min(most, depth - start);
    const last = start + count >= depth;
    const fromA = a + <usize>start * stepA, fromB = b + <usize>start * stepB;
    if (copied) copyColumns(fromA + (<usize>firstRow << 2), stepA, columnsOfA, count, lastRow - firstRow);
    for (let column = firstColumn; column < lastColumn; column += COLUMNS) {
      const at = <usize>column << 2;
      const biasHere = bias && last ? bias + at : 0;
      if (copied) copyPanel(fromB + at, stepB, panel, count);
      for (let row = firstRow; row < lastRow; row += COLUMN_ROWS) {
        if (copied) {
          const own = columnsOfA + <usize>(row - firstRow) * <usize>count * 4;
          tileColumns(own, 16, 0, 0, panel, 32, 0, 0, count, 1, 1, tile);
        } else tileColumns(fromA + (<usize>row << 2), stepA, 0, 0, fromB + at, stepB, 0, 0, count, 1, 1, tile);
        finishTile(
          tile, to + <usize>row * stepB + at, stepB, min(COLUMN_ROWS, lastRow - row), lastColumn - column, start > 0,
          biasHere, last ? activation : 0,
        );
      }
    }
  }
}

/** Rows from which on it pays to copy what lies far apart. */
const MANY: i32 = 64;
/** Bytes that the copied columns of A may take of a thread's scratch. */
const MOST_OF_A: usize = 1 << 18;

/** Copies columns, four by four, each four next to one another. */
function copyColumns(from: usize, step: usize, to: usize, rows: i32, columns: i32): void {
  for (let column = 0; column < columns; column += COLUMN_ROWS, from += 16)
    for (let row = 0, at = from; row < rows; row++, at += step, to += 16) v128.store(to, v128.load(at));
}

/** Rows of A for which it pays to turn B over. */
const ENOUGH_ROWS: i32 = 6;

/** A [rows, depth] by B [columns, depth], transposed. */
export function matMulDots(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 16), columns = load<i32>(p, 20), depth = load<i32>(p, 24);
  const step = <usize>depth << 2, stepTo = <usize>columns << 2;
  const batch = batchOf(p, chunk), firstRow = firstRowOf(p, chunk), firstColumn = firstColumnOf(p, chunk);
  const lastRow = min(firstRow + load<i32>(p, 32), rows), lastColumn = min(firstColumn + load<i32>(p, 36), columns);
  const a = load<usize>(p) + <usize>batch * load<usize>(p, 40);
  const b = load<usize>(p, 4) + <usize>batch * load<usize>(p, 44);
  const to = load<usize>(p, 8) + <usize>batch * load<usize>(p, 48);
  const bias = load<usize>(p, 12), activation = load<i32>(p, 28);
  if (isNative && rows >= ENOUGH_ROWS) {
    const at = <usize>firstColumn << 2, there = to + <usize>firstRow * stepTo + at;
    const own = describeProduct(
      scratch, a + <usize>firstRow * step, depth, b + <usize>firstColumn * step, depth, there, columns,
      lastRow - firstRow, lastColumn - firstColumn, depth,
    );
    if (bias) own.bias = bias + at;
    own.turned = 1;
    own.activation = activation;
    return multiplyNatively(own);
  }
  const tile = scratch;
  for (let column = firstColumn; column < lastColumn; column += DOTS) {
    const b0 = b + <usize>column * step;
    const b1 = b + <usize>min(column + 1, columns - 1) * step;
    const b2 = b + <usize>min(column + 2, columns - 1) * step;
    const at = <usize>column << 2;
    for (let row = firstRow; row < lastRow; row += DOTS) {
      const a0 = a + <usize>row * step;
      const a1 = a + <usize>min(row + 1, rows - 1) * step;
      const a2 = a + <usize>min(row + 2, rows - 1) * step;
      tileDots(a0, a1, a2, b0, b1, b2, depth, tile);
      finishTile(
        tile, to + <usize>row * stepTo + at, stepTo, min(DOTS, lastRow - row), min(DOTS, lastColumn - column), false,
        bias ? bias + at : 0, activation,
      );
    }
  }
}

function columnChunks(p: usize): i32 {
  return (load<i32>(p, 20) + load<i32>(p, 36) - 1) / load<i32>(p, 36);
}

function rowChunks(p: usize): i32 {
  return (load<i32>(p, 16) + load<i32>(p, 32) - 1) / load<i32>(p, 32);
}

function batchOf(p: usize, chunk: i32): i32 {
  return chunk / (rowChunks(p) * columnChunks(p));
}

function firstRowOf(p: usize, chunk: i32): i32 {
  return ((chunk / columnChunks(p)) % rowChunks(p)) * load<i32>(p, 32);
}

function firstColumnOf(p: usize, chunk: i32): i32 {
  return (chunk % columnChunks(p)) * load<i32>(p, 36);
}

/** Turns matrices [rows, columns] over. Parameters: from, to, rows, columns; a chunk is a matrix. */
export function transposeMatrix(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 8), columns = load<i32>(p, 12);
  const own = <usize>(chunk * rows * columns) << 2;
  const from = load<usize>(p) + own, to = load<usize>(p, 4) + own;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      store<f32>(to + (<usize>(column * rows + row) << 2), load<f32>(from + (<usize>(row * columns + column) << 2)));
}
