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
  const stride = 3 * width;
  const share = 1 / (65536 * edge * edge);
  for (let y = 0, at = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      levels[at++] = sumLuma(rgb, (y * stride + 3 * x) * edge, { edge, stride }) * share + 0.5;
  return { width: wide, height: high, levels };
}

/** Of a square of pixels. In whole numbers of 32 bits, as which V8 adds without a look at each sum. */
function sumLuma(rgb: Uint8Array, corner: number, { edge, stride }: { edge: number; stride: number }): number {
  let [red, green, blue] = [0, 0, 0];
  for (let row = 0, from = corner; row < edge; row++, from += stride)
    for (let k = from; k < from + 3 * edge; k += 3) {
      red = (red + rgb[k]) | 0;
      green = (green + rgb[k + 1]) | 0;
      blue = (blue + rgb[k + 2]) | 0;
    }
  return 19595 * red + 38470 * green + 7471 * blue;
}
