// What a training step needs beside products and convolutions, each in one pass.

/** Sets a gradient to 0 where relu's output is. Parameters: gradient, output, count; a chunk is 4,096 numbers. */
export function maskByRelu(p: usize, chunk: i32): void {
  const gradient = load<usize>(p), output = load<usize>(p, 4);
  const end = <usize>min(load<i32>(p, 8), (chunk + 1) << 12) << 2;
  let at = <usize>chunk << 14;
  for (; at + 16 <= end; at += 16) {
    const passes = f32x4.gt(v128.load(output + at), f32x4.splat(0));
    v128.store(gradient + at, v128.and(v128.load(gradient + at), passes));
  }
  for (; at < end; at += 4) if (!(load<f32>(output + at) > 0)) store<f32>(gradient + at, 0);
}

/** Rows that are summed at once: a float32 sum of so many stays exact enough, and the order is fixed. */
const BLOCK: i32 = 256;

/**
 * Sums the columns of [rows, columns], only where codes are not negative if there are codes (int32, same shape; or 0).
 * Parameters: from, codes, to, rows, columns; a chunk is 16 columns.
 */
export function sumRows(p: usize, chunk: i32): void {
  const codes = load<usize>(p, 4), rows = load<i32>(p, 12), columns = load<i32>(p, 16);
  const step = <usize>columns << 2;
  const last = min((chunk + 1) * 16, columns);
  let column = chunk * 16;
  for (; column + 4 <= last; column += 4) {
    let sum = f32x4.splat(0);
    let at = <usize>column << 2;
    for (let first = 0; first < rows; first += BLOCK) {
      let block = f32x4.splat(0);
      for (let row = first, end = min(first + BLOCK, rows); row < end; row++, at += step) {
        let value = v128.load(load<usize>(p) + at);
        if (codes) value = v128.and(value, i32x4.ge_s(v128.load(codes + at), i32x4.splat(0)));
        block = f32x4.add(block, value);
      }
      sum = f32x4.add(sum, block);
    }
    v128.store(load<usize>(p, 8) + (<usize>column << 2), sum);
  }
  for (; column < last; column++) {
    let sum: f64 = 0;
    for (let row = 0, at = <usize>column << 2; row < rows; row++, at += step)
      if (!codes || load<i32>(codes + at) >= 0) sum += <f64>load<f32>(load<usize>(p) + at);
    store<f32>(load<usize>(p, 8) + (<usize>column << 2), <f32>sum);
  }
}
