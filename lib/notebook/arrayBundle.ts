import type { Bundle } from "./display";
import { fileBundle } from "./fileBundle";
import { numbersBundle } from "./numbersBundle";
import type { Numbers } from "./summarizeNumbers";

const PICTURE = { width: 28, height: 28, channels: 1 } as const;

/**
 * A typed array: its type, first and last values, least, mean and greatest. Bytes that are a picture's file are shown as
 * that, and 28 x 28 levels as a picture beside.
 */
export function arrayBundle(array: NodeJS.TypedArray): Bundle {
  const file = array instanceof Uint8Array ? fileBundle(array) : undefined;
  if (file) return file;
  const { length } = array;
  const head = `${array.constructor.name}, ${length.toLocaleString("en")} ${length === 1 ? "value" : "values"}`;
  const isPicture = length === PICTURE.width * PICTURE.height && typeof array[0] === "number";
  const shape = [length];
  return numbersBundle({ head, values: array as Numbers, shape, pictures: isPicture ? PICTURE : undefined });
}
