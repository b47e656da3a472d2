import { dividedBy, type DividedPixels } from "../data/dividedPixels";
import { takeRows } from "../data/takeRows";

/** Pixels row by row, image by image: [count, 28, 28, 1]; as floats, or as bytes that are divided when they are read. */
export type Pixels = Float32Array | DividedPixels;

/** Images with their labels, as the classifiers take them. */
export interface Examples<Images extends Pixels = Float32Array> {
  /** Pixels 0 … 1: [count, 28, 28, 1]. */
  images: Images;
  /** The class of each image, 0 … 9: [count]. */
  labels: Uint8Array;
}

/** Pixels in one image. */
export const IMAGE_SIZE = 28 * 28;

/** Scales pixels from 0 … 255 to 0 … 1. See `toByteExamples` for a quarter of the memory. */
export function toExamples(set: { images: Uint8Array; labels: Uint8Array }): Examples {
  const { images, labels } = toByteExamples(set);
  return { images: images.slice(), labels };
}

/** Scales pixels from 0 … 255 to 0 … 1, each when it is read: the bytes stay as they are and are not copied. */
export function toByteExamples({
  images,
  labels,
}: {
  images: Uint8Array;
  labels: Uint8Array;
}): Examples<DividedPixels> {
  return { images: dividedBy(images, 255), labels };
}

/** Copies the examples of these indices, in their order and in the form they have. */
export function takeExamples<Images extends Pixels>(
  { images, labels }: Examples<Images>,
  indices: Int32Array,
): Examples<Images> {
  for (const index of indices)
    if (!(index >= 0 && index < labels.length))
      throw new RangeError(`takeExamples(): index ${index} is not one of 0 to ${labels.length - 1}`);
  return { images: takePixels(images, indices) as Images, labels: takeRows(labels, 1, indices) };
}

function takePixels(images: Pixels, indices: Int32Array): Pixels {
  return areDivided(images) ? images.takeRows(IMAGE_SIZE, indices) : takeRows(images, IMAGE_SIZE, indices);
}

/**
 * Writes pixels into an array of floats, from index `at` on.
 *
 * @internal
 */
export function setPixels(floats: Float32Array, pixels: Pixels, at = 0): void {
  if (areDivided(pixels)) pixels.copyTo(floats, at);
  else floats.set(pixels, at);
}

/**
 * By what they can do, not by their class: a kernel that reloads an edited file has two of it.
 *
 * @internal
 */
export function areDivided(pixels: Pixels): pixels is DividedPixels {
  return "copyTo" in pixels;
}

/**
 * How many images a flat array of pixels holds.
 *
 * @internal
 */
export function countImages(images: Pixels): number {
  const count = images.length / IMAGE_SIZE;
  if (!Number.isInteger(count))
    throw new TypeError(`images: ${images.length} pixels are not a whole number of 28 x 28 images; check the shape`);
  return count;
}

/**
 * Refuses examples whose labels do not belong to their images.
 *
 * @internal
 */
export function checkExamples({ images, labels }: Examples<Pixels>, caller: string): number {
  const count = countImages(images);
  if (count !== labels.length)
    throw new TypeError(`${caller}: ${count} images came with ${labels.length} labels; there must be one for each`);
  if (count === 0) throw new RangeError(`${caller}: there are no images; give at least one`);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new RangeError(`${caller}: label ${labels[wrong]} of image ${wrong} is not a class from 0 to 9`);
  if (!areDivided(images)) checkFinite(images, caller);
  return count;
}

function checkFinite(images: Float32Array, caller: string): void {
  const gap = images.findIndex((pixel) => !Number.isFinite(pixel));
  if (gap >= 0)
    throw new RangeError(
      `${caller}: ${describePixel(gap)} is ${images[gap]}; every pixel must be a finite number, 0 to 1`,
    );
}

function describePixel(index: number): string {
  return `pixel ${index % IMAGE_SIZE} of image ${Math.floor(index / IMAGE_SIZE)}`;
}
