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
  const across = new Float32Array((bottom - top) * width); // first across, then down
  for (let y = top; y < bottom; y++)
    averageLine(
      { values: levels, start: y * stride + left, step: 1, length: right - left },
      { values: across, start: (y - top) * width, step: 1, length: width },
    );
  const averaged = new Float32Array(width * height);
  for (let x = 0; x < width; x++)
    averageLine(
      { values: across, start: x, step: width, length: bottom - top },
      { values: averaged, start: x, step: width, length: height },
    );
  return { width, height, levels: Uint8Array.from(averaged, Math.round) };
}

/** A row or a column within a picture. */
interface Line {
  values: Uint8Array | Float32Array;
  start: number;
  step: number;
  length: number;
}

function averageLine(source: Line, target: Line): void {
  const covered = source.length / target.length;
  for (let i = 0; i < target.length; i++) {
    const begin = i * covered;
    const end = Math.min(source.length, begin + covered);
    let sum = 0;
    for (let k = Math.floor(begin); k < end; k++)
      sum += (Math.min(k + 1, end) - Math.max(k, begin)) * source.values[source.start + k * source.step];
    target.values[target.start + i * target.step] = sum / (end - begin);
  }
}
