import type { Bundle } from "./display";
import { numbersBundle } from "./numbersBundle";
import type { PictureShape } from "./picturesHTML";
import type { Numbers } from "./summarizeNumbers";
import { valuesText } from "./valuesText";

/** A TensorFlow.js tensor, or what answers like one. */
export interface TensorLike {
  readonly dtype: string;
  readonly shape: number[];
  readonly size: number;
  readonly isDisposed: boolean;
  /** All its numbers. */
  dataSync(): unknown;
  /** The numbers without those that are not asked for; TensorFlow.js has both, its core alone may lack them. */
  flatten?(): TensorLike;
  /** Numbers of a flat tensor from a place on. */
  slice?(begin: number, size: number): TensorLike;
  /** Frees its memory. */
  dispose(): void;
}

const MOST_READ = 2 ** 24; // values; of larger tensors only the first are copied
const FIRST_READ = 1000;

/**
 * A tensor's type, shape, first and last values, least, mean and greatest, with pictures where its shape is that of
 * pictures. It is asked for its values only where it still has them, and a backend that cannot give them does no harm.
 */
export function tensorBundle(tensor: TensorLike): Bundle {
  const { dtype, shape, size } = tensor;
  const head = `Tensor ${dtype} [${shape.join(", ")}]${size > 1 ? `, ${size.toLocaleString("en")} values` : ""}`;
  if (tensor.isDisposed) return note(head, "its memory was disposed of");
  if (size > MOST_READ) return note(head, firstValues(tensor));
  const values = read(tensor);
  if (values instanceof Error) return note(head, `its values cannot be read here: ${values.message}`);
  if (dtype === "string") return note(head, valuesText(values as ArrayLike<string>, [size]));
  if (dtype === "complex64")
    return note(head, `real and imaginary parts in turns ${valuesText(values as Numbers, [size])}`);
  return numbersBundle({ head, values: values as Numbers, shape, pictures: pictureShape(shape) });
}

const MOST_IN_LINE = 1000; // values of a tensor that is read to be shown in a line

/** A tensor in a line: its type, its shape, and its first and last values where it is small. */
export function tensorText(tensor: TensorLike): string {
  const { dtype, shape, size } = tensor;
  const head = `Tensor ${dtype} [${shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head}, disposed of`;
  const values = size > MOST_IN_LINE ? undefined : read(tensor);
  if (values === undefined || values instanceof Error) return head;
  return `${head} ${valuesText(values as Numbers, shape.length === 0 ? [] : [size])}`;
}

function note(head: string, text: string): Bundle {
  return { "text/plain": `${head}\n${text}` };
}

function read(tensor: TensorLike): ArrayLike<unknown> | Error {
  try {
    return tensor.dataSync() as ArrayLike<unknown>;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function firstValues(tensor: TensorLike): string {
  if (!tensor.flatten || !tensor.slice) return "too many to be read for a look";
  const flat = tensor.flatten();
  const first = flat.slice?.(0, FIRST_READ);
  const values = first ? read(first) : new Error("no slice");
  for (const made of [first, flat]) made?.dispose();
  return values instanceof Error
    ? `its values cannot be read here: ${values.message}`
    : `first values ${valuesText(values as Numbers, [FIRST_READ])}`;
}

const [LEAST_SIDE, MOST_SIDE] = [12, 1024]; // smaller or larger ones are rather tables

/** [height, width], [height, width, 1 or 3] and [count, height, width, 1 or 3]. */
function pictureShape(shape: number[]): PictureShape | undefined {
  const [height, width, channels] = shape.length === 2 ? [...shape, 1] : shape.slice(-3);
  const isSide = (size: number) => size >= LEAST_SIDE && size <= MOST_SIDE;
  if (shape.length < 2 || shape.length > 4 || !isSide(height) || !isSide(width)) return undefined;
  return channels === 1 || channels === 3 ? { width, height, channels } : undefined;
}
