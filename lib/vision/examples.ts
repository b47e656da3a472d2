import { takeRows } from "../data/takeRows";

/** Images with their labels, as the classifiers take them. */
export interface Examples {
  /** Pixels 0 … 1, row by row, image by image: [count, 28, 28, 1]. */
  images: Float32Array;
  /** The class of each image, 0 … 9: [count]. */
  labels: Uint8Array;
}

/** Pixels in one image. */
export const IMAGE_SIZE = 28 * 28;

/** Scales pixels from 0 … 255 to 0 … 1. */
export function toExamples({ images, labels }: { images: Uint8Array; labels: Uint8Array }): Examples {
  return { images: Float32Array.from(images, (pixel) => pixel / 255), labels };
}

/** Copies the examples of these indices, in their order. */
export function takeExamples({ images, labels }: Examples, indices: Int32Array): Examples {
  for (const index of indices)
    if (!(index >= 0 && index < labels.length))
      throw new RangeError(`takeExamples(): index ${index} is not one of 0 to ${labels.length - 1}`);
  return { images: takeRows(images, IMAGE_SIZE, indices), labels: takeRows(labels, 1, indices) };
}

/** How many images a flat array of pixels holds. */
export function countImages(images: Float32Array): number {
  const count = images.length / IMAGE_SIZE;
  if (!Number.isInteger(count))
    throw new TypeError(`images: ${images.length} pixels are not a whole number of 28 x 28 images; check the shape`);
  return count;
}

/** Refuses examples whose labels do not belong to their images. */
export function checkExamples({ images, labels }: Examples, caller: string): number {
  const count = countImages(images);
  if (count !== labels.length)
    throw new TypeError(`${caller}: ${count} images came with ${labels.length} labels; there must be one for each`);
  if (count === 0) throw new RangeError(`${caller}: there are no images; give at least one`);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new RangeError(`${caller}: label ${labels[wrong]} of image ${wrong} is not a class from 0 to 9`);
  const gap = images.findIndex((pixel) => !Number.isFinite(pixel));
  if (gap >= 0)
    throw new RangeError(
      `${caller}: ${describePixel(gap)} is ${images[gap]}; every pixel must be a finite number, 0 to 1`,
    );
  return count;
}

function describePixel(index: number): string {
  return `pixel ${index % IMAGE_SIZE} of image ${Math.floor(index / IMAGE_SIZE)}`;
}
