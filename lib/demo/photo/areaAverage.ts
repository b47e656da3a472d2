/** A grey picture of any size. */
export interface Grey {
  width: number;
  height: number;
  /** [height, width], 0 black to 255 white. */
  levels: Uint8Array;
}

/** A part of a picture, in pixels; right and bottom are the first ones outside. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A size in pixels. */
export type Size = Pick<Grey, "width" | "height">;

/**
 * A part of a picture in another size: each new pixel is the mean of the area it covers, with the shares of pixels that
 * it covers in part.
 */
export function areaAverage({ width: stride, levels }: Grey, { left, top, right, bottom }: Box, size: Size): Grey {
  const { width, height } = size;
  const rows = bottom - top;
  const across = new Float32Array(rows * width); // first across, then down
  const row = new Averager(right - left, width);
  for (let y = 0; y < rows; y++) {
    const start = (top + y) * stride + left;
    for (let x = 0; x < right - left; x++) row.add(levels[start + x]);
    row.take(across, y * width, 1);
  }
  const averaged = new Float32Array(width * height);
  const column = new Averager(rows, height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < rows; y++) column.add(across[y * width + x]);
    column.take(averaged, x, width);
  }
  const result = new Uint8Array(averaged.length);
  for (let i = 0; i < result.length; i++) result[i] = averaged[i] + 0.5;
  return { width, height, levels: result };
}

/** Averages a line of values by its running sums: the sum within a span is the difference of those at its ends. */
class Averager {
  private readonly sums: Float64Array;
  private filled = 0;

  constructor(
    private readonly length: number,
    private readonly count: number,
  ) {
    this.sums = new Float64Array(length + 2); // one more, so that there is a next one at the end
  }

  add(value: number): void {
    this.sums[this.filled + 1] = this.sums[this.filled] + value;
    this.filled++;
  }

  /** Writes the means, and is ready for another line. */
  take(to: Float32Array, start: number, step: number): void {
    const { sums, length, count } = this;
    sums[length + 1] = sums[length];
    const covered = length / count;
    let before = 0;
    for (let i = 0; i < count; i++) {
      const end = i + 1 === count ? length : (i + 1) * covered;
      const whole = Math.floor(end);
      const until = sums[whole] + (end - whole) * (sums[whole + 1] - sums[whole]);
      to[start + i * step] = (until - before) / covered;
      before = until;
    }
    this.filled = 0;
  }
}
