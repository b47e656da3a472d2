import type { Grey } from "./areaAverage";

/** A decoded picture, upright, with nothing see-through. */
export interface Photo {
  width: number;
  height: number;
  /** [height, width, 3] levels of red, green and blue, 0 to 255. */
  rgb: Uint8Array;
}

/** How bright each pixel looks, [height, width] from 0 to 255: Rec. 601 luma in steps of 1/65536, as Pillow has it. */
export function toGrey({ width, height, rgb }: Photo): Grey {
  const levels = new Uint8Array(width * height);
  for (let i = 0, k = 0; i < levels.length; i++, k += 3)
    levels[i] = (19595 * rgb[k] + 38470 * rgb[k + 1] + 7471 * rgb[k + 2] + 0x8000) >> 16;
  return { width, height, levels };
}
