import type { Grey } from "./areaAverage";

/** A decoded picture, upright, with nothing see-through. */
export interface Photo {
  width: number;
  height: number;
  /** [height, width, 3] levels of red, green and blue, 0 to 255. */
  rgb: Uint8Array;
}

/**
 * How bright each pixel looks, from 0 to 255: Rec. 601 luma in steps of 1/65536, as Pillow has it. Of a picture at least
 * twice as large as is wanted, squares of pixels are averaged.
 *
 * @param longest - the edge that is enough; the result is smaller than twice of it. Default: no pixel is averaged
 */
export function toGrey({ width, height, rgb }: Photo, longest = Infinity): Grey {
  const edge = Math.min(Math.max(1, Math.floor(Math.max(width, height) / longest)), width, height); // of a square
  const [wide, high] = [Math.floor(width / edge), Math.floor(height / edge)];
  const levels = new Uint8Array(wide * high);
  const sums = new Float64Array(wide);
  const share = 1 / (65536 * edge * edge);
  for (let y = 0; y < high; y++) {
    sums.fill(0);
    for (let row = y * edge; row < (y + 1) * edge; row++)
      for (let x = 0, k = row * width * 3; x < wide; x++)
        for (let column = 0; column < edge; column++, k += 3)
          sums[x] += 19595 * rgb[k] + 38470 * rgb[k + 1] + 7471 * rgb[k + 2];
    for (let x = 0; x < wide; x++) levels[y * wide + x] = sums[x] * share + 0.5;
  }
  return { width: wide, height: high, levels };
}
