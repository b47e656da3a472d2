import { integer, type Random } from "../random";

/** How pictures are changed, each time anew, before a net learns from them. */
export interface Augmentation {
  /** Mirrors left and right every second picture, on average. Default false. */
  flip?: boolean;
  /**
   * Pads so many black pixels on each side and cuts out a window of the old size anywhere in it, so that the picture is
   * shifted by up to so many pixels. Default 0.
   */
  crop?: number;
  /**
   * The share of pictures in which a rectangle is filled with noise, 0 to 1: random erasing (Zhong, Zheng, Kang, Li and
   * Yang, "Random Erasing Data Augmentation", 2017). It takes 2 to 40 % of the area; its sides are as 0.3 to 1 at most.
   * Default 0.
   */
  erase?: number;
}

/** Sides of a picture in pixels. */
const EDGE = 28;
/** Share of the area that is erased, at least and at most, and the least ratio of the sides, as the paper has them. */
const ERASED = { least: 0.02, most: 0.4, ratio: 0.3 };
/** Rectangles that are tried: those that reach beyond the picture are drawn anew. */
const TRIES = 100;

/**
 * Changes one picture in place, in the order crop, flip, erase. What is left out draws nothing from the generator.
 *
 * @param pixels - [28, 28] from 0 black to 1 white
 * @param augmentation - what is changed
 */
export function augmentImage(pixels: Float32Array, { flip, crop = 0, erase = 0 }: Augmentation, random: Random): void {
  if (crop > 0) shift(pixels, integer(random, -crop, crop + 1), integer(random, -crop, crop + 1));
  if (flip && random.uniform() < 0.5) mirrorImage(pixels);
  if (erase > 0 && random.uniform() < erase) eraseRectangle(pixels, random);
}

/**
 * Throws a RangeError for numbers that cannot be.
 *
 * @internal
 */
export function checkAugmentation({ crop = 0, erase = 0 }: Augmentation, call: string): void {
  if (!Number.isInteger(crop) || crop < 0 || crop >= EDGE)
    throw new RangeError(`${call}: augment.crop is ${crop}; it must be a whole number from 0 to ${EDGE - 1}`);
  if (!(erase >= 0 && erase <= 1)) throw new RangeError(`${call}: augment.erase is ${erase}; it must be from 0 to 1`);
}

/** Moves the picture right and down by so many pixels; what comes in is black. */
function shift(pixels: Float32Array, right: number, down: number): void {
  if (right === 0 && down === 0) return;
  const old = pixels.slice();
  pixels.fill(0);
  const [left, width] = [Math.max(0, right), EDGE - Math.abs(right)];
  for (let row = Math.max(0, down); row < EDGE + Math.min(0, down); row++) {
    const from = (row - down) * EDGE + left - right;
    pixels.set(old.subarray(from, from + width), row * EDGE + left);
  }
}

/**
 * Swaps left and right of one picture, in place.
 *
 * @param pixels - [28, 28]
 * @internal
 */
export function mirrorImage(pixels: Float32Array): void {
  for (let row = 0; row < EDGE; row++) pixels.subarray(row * EDGE, (row + 1) * EDGE).reverse();
}

function eraseRectangle(pixels: Float32Array, random: Random): void {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = EDGE * EDGE * between(ERASED.least, ERASED.most, random);
    const ratio = between(ERASED.ratio, 1 / ERASED.ratio, random);
    const [height, width] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
    if (height >= EDGE || width >= EDGE) continue;
    const [top, left] = [integer(random, 0, EDGE - height + 1), integer(random, 0, EDGE - width + 1)];
    for (let row = top; row < top + height; row++)
      for (let column = left; column < left + width; column++) pixels[row * EDGE + column] = random.uniform();
    return;
  }
}

function between(least: number, most: number, random: Random): number {
  return least + (most - least) * random.uniform();
}
