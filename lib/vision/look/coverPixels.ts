import { countImages, IMAGE_SIZE, type Pixels } from "../examples";

/** Options of `coverPixels`. */
export interface CoverOptions {
  /** Of the pixels of each picture, 0 to 1; default 0.2. */
  share?: number;
  /** What a covered pixel becomes, 0 black to 1 white. Default 0.5, which is seen on clothes and on the background. */
  fill?: number;
}

/**
 * The pictures with their hottest pixels covered: does a network miss what a map of heat says that it looks at? (Petsiuk,
 * Das and Saenko, 2018). Of equally hot pixels the first are taken.
 *
 * @param images - pixels 0 … 1, [count, 28, 28, 1]
 * @param heat - how hot each pixel is, [count, 28, 28], for instance from `gradCam`
 * @throws TypeError for heat of another size, RangeError for a share that cannot be
 */
export function coverPixels(images: Pixels, heat: ArrayLike<number>, options: CoverOptions = {}): Float32Array {
  const { share = 0.2, fill = 0.5 } = options;
  const count = countImages(images);
  if (heat.length !== images.length)
    throw new TypeError(`coverPixels(): ${heat.length} values of heat for ${images.length} pixels; give one for each`);
  if (!(share >= 0 && share <= 1)) throw new RangeError(`coverPixels(): share is ${share}; it must be from 0 to 1`);
  const covered = images.slice();
  for (let image = 0; image < count; image++) {
    const pixels = Array.from({ length: IMAGE_SIZE }, (_, pixel) => image * IMAGE_SIZE + pixel);
    const hottest = pixels.sort((a, b) => heat[b] - heat[a] || a - b).slice(0, Math.round(share * IMAGE_SIZE));
    for (const pixel of hottest) covered[pixel] = fill;
  }
  return covered;
}
