// Resizing, and its gradient: each pixel is a sum of pixels, by lists of rows and of columns with their weights.
import { storeUpTo } from "./lanes";
import { madd } from "./madd";

@unmanaged
class Blend {
  /** [batch, height, width, depth] */
  from: usize;
  /** [batch, rows, columns, depth] */
  to: usize;
  height: i32;
  width: i32;
  rows: i32;
  columns: i32;
  depth: i32;
  /** Where the list of each row begins, [rows + 1], and its items, each a place and a weight; likewise for columns. */
  rowStarts: usize;
  rowItems: usize;
  columnStarts: usize;
  columnItems: usize;
}

/** A chunk is a row of the result. */
export function blendPixels(p: usize, chunk: i32): void {
  const n = changetype<Blend>(p);
  const image = chunk / n.rows, row = chunk % n.rows;
  const firstRow = n.rowItems + (<usize>load<i32>(n.rowStarts + (<usize>row << 2)) << 3);
  const endRow = n.rowItems + (<usize>load<i32>(n.rowStarts + (<usize>(row + 1) << 2)) << 3);
  const pixel = <usize>n.depth << 2;
  const line = <usize>n.width * pixel;
  const from = n.from + <usize>image * <usize>n.height * line;
  let to = n.to + <usize>chunk * <usize>n.columns * pixel;
  for (let column = 0; column < n.columns; column++, to += pixel) {
    const firstColumn = n.columnItems + (<usize>load<i32>(n.columnStarts + (<usize>column << 2)) << 3);
    const endColumn = n.columnItems + (<usize>load<i32>(n.columnStarts + (<usize>(column + 1) << 2)) << 3);
    for (let at: usize = 0, left = n.depth; left > 0; left -= 4, at += 16) {
      let sum = f32x4.splat(0);
      for (let r = firstRow; r < endRow; r += 8) {
        const start = from + at + <usize>load<i32>(r) * line;
        const weight = load<f32>(r, 4);
        for (let c = firstColumn; c < endColumn; c += 8)
          sum = madd(v128.load(start + <usize>load<i32>(c) * pixel), f32x4.splat(weight * load<f32>(c, 4)), sum);
      }
      storeUpTo(to + at, sum, left);
    }
  }
}
