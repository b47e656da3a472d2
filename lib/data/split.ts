import { numpyRandom, permutation } from "../random";
import type { ImageSet } from "./imageSet";
import { takeRows } from "./takeRows";

/** Indices of the rows in each part. */
export interface Split {
  train: Int32Array;
  test: Int32Array;
}

/**
 * Shuffles rows and sets a share of them aside, index for index as scikit-learn's
 * `train_test_split(rows, test_size=testSize, random_state=randomState)` does.
 *
 * @param rows - their number, or anything with a length
 * @param options - settings by name
 * @param options.testSize - share of the rows to hold out, between 0 and 1, default 0.2; rounded up to whole rows
 * @param options.randomState - seed from 0 to 2^32 - 1, default 42
 * @returns the indices of both parts in scikit-learn's order
 * @throws RangeError when a part would be empty
 */
export function trainTestSplit(rows: number | ArrayLike<unknown>, { testSize = 0.2, randomState = 42 } = {}): Split {
  const count = typeof rows === "number" ? rows : rows.length;
  const held = Math.ceil(checkedShare("trainTestSplit(): testSize", testSize) * count);
  checkParts("trainTestSplit()", count, held);
  const order = permutation(numpyRandom(randomState), count);
  return { train: order.slice(held), test: order.slice(0, held) };
}

/**
 * Sets the last share of the rows aside without shuffling, as Keras's `fit(validation_split=share)` does.
 *
 * @param rows - their number, or anything with a length
 * @param share - between 0 and 1, default 0.2; the first `floor(rows * (1 - share))` rows stay in training
 * @returns the indices of both parts in order
 * @throws RangeError when a part would be empty
 */
export function holdOutLast(rows: number | ArrayLike<unknown>, share = 0.2): Split {
  const count = typeof rows === "number" ? rows : rows.length;
  const kept = Math.floor(count * (1 - checkedShare("holdOutLast(): share", share)));
  checkParts("holdOutLast()", count, count - kept);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  return { train: order.slice(0, kept), test: order.slice(kept) };
}

/**
 * Copies the chosen images and their labels, in the order of the indices, into a set of their own.
 *
 * @throws RangeError when an index is not that of an image
 */
export function takeImages(set: ImageSet, indices: ArrayLike<number>): ImageSet {
  for (let i = 0; i < indices.length; i++) checkIndex(indices[i], set.count);
  const images = takeRows(set.images, set.width * set.height, indices);
  return { ...set, images, labels: takeRows(set.labels, 1, indices), count: indices.length };
}

/**
 * The first images of a set, at most `count` of them, without copying.
 *
 * @throws RangeError for a count that is not an integer of 1 or more
 */
export function firstImages(set: ImageSet, count: number): ImageSet {
  const kept = Math.min(checkedCount(count), set.count);
  const images = set.images.subarray(0, kept * set.width * set.height);
  return { ...set, images, labels: set.labels.subarray(0, kept), count: kept };
}

function checkedCount(count: number): number {
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`firstImages(): count ${count} is not an integer of 1 or more`);
}

function checkedShare(name: string, share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`${name} ${share} is not between 0 and 1; 0.2 holds out a fifth`);
  return share;
}

function checkParts(call: string, count: number, held: number): void {
  if (!Number.isInteger(count) || held < 1 || held >= count)
    throw new RangeError(`${call}: ${count} rows cannot be split so that both parts have some; give 2 rows or more`);
}

function checkIndex(index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new RangeError(`takeImages(): index ${index} is not one of 0 to ${count - 1}; take indices of this very set`);
}
