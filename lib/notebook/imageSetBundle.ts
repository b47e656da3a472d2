import { figureBundle } from "../chart/figureBundle";
import { imageGrid } from "../chart/imageGrid";
import type { Bundle } from "./display";
import { ownValue } from "./ownValue";

/** Pictures with their classes: an `ImageSet` of the room data, or the examples of the room vision. */
export interface ImagesLike {
  /** [count, height, width] levels 0 to 255, or 0 to 1. */
  images: Uint8Array | Float32Array;
  /** [count] */
  labels: Uint8Array;
  /** Default 28. */
  width?: number;
  /** Default 28. */
  height?: number;
}

const SHOWN = 10;

/** The first pictures of a set, each over the number of its class. */
export function imageSetBundle({ images, labels, width = 28, height = 28 }: ImagesLike): Bundle {
  const head = `${labels.length.toLocaleString("en")} pictures of ${width} x ${height}`;
  if (labels.length === 0) return { "text/plain": head };
  const first = images.subarray(0, SHOWN * width * height);
  const shown = imageGrid(first, { width, height, actual: labels.subarray(0, SHOWN), title: head });
  return { ...figureBundle(shown) };
}

/** Whether a value has pictures and a label for each. */
export function isImages(value: object): value is ImagesLike {
  const [images, labels] = [ownValue(value, "images"), ownValue(value, "labels")];
  const [width, height] = [ownValue(value, "width") ?? 28, ownValue(value, "height") ?? 28] as number[];
  const arePixels = images instanceof Uint8Array || images instanceof Float32Array;
  return arePixels && labels instanceof Uint8Array && images.length === labels.length * width * height;
}
