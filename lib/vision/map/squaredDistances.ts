import * as tf from "@tensorflow/tfjs";
import type { Embeddings } from "../embeddings";

/** Rows compared with all others at once: a block of distances of 10,000 rows takes 20 MB. */
const BLOCK = 500;
/** Numbers in a row from which on one matrix product of a block is faster than a loop. */
const LONG = 8;

/**
 * Calls `visit` for each row of `asked`, in order, with its squared Euclidean distances to all rows of `among`. The
 * distances are one array, written anew for each row.
 *
 * @throws TypeError when the rows of both are not equally long
 * @internal
 */
export function squaredDistances(
  asked: Embeddings,
  among: Embeddings,
  visit: (distances: Float32Array, row: number) => void,
): void {
  if (asked.length !== among.length)
    throw new TypeError(
      `distances between rows of ${asked.length} and of ${among.length} numbers; embed both by the same layer`,
    );
  if (among.length < LONG) return byLoop(asked, among, visit);
  const [own, squares] = [squaredLengths(asked), squaredLengths(among)];
  for (let start = 0; start < own.length; start += BLOCK) {
    const block = Math.min(BLOCK, own.length - start);
    const products = productsOf(asked, among, { start, block });
    for (let row = start; row < start + block; row++) {
      const line = products.subarray((row - start) * squares.length, (row - start + 1) * squares.length);
      for (let i = 0; i < line.length; i++) line[i] = Math.max(0, own[row] + squares[i] - 2 * line[i]);
      visit(line, row);
    }
  }
}

/** Few numbers may lie close together and far from zero, where the products would lose too many digits. */
function byLoop(asked: Embeddings, among: Embeddings, visit: (distances: Float32Array, row: number) => void): void {
  const { vectors, length } = among;
  const line = new Float32Array(vectors.length / length);
  for (let row = 0; row < asked.vectors.length / length; row++) {
    for (let other = 0, at = 0; other < line.length; other++) {
      let sum = 0;
      for (let own = row * length; own < (row + 1) * length; own++, at++)
        sum += (vectors[at] - asked.vectors[own]) ** 2;
      line[other] = sum;
    }
    visit(line, row);
  }
}

/** Dot products [block, rows of `among`]. */
function productsOf(asked: Embeddings, among: Embeddings, { start, block }: { start: number; block: number }) {
  const { length } = among;
  const some = asked.vectors.subarray(start * length, (start + block) * length);
  let products: Float32Array;
  tf.tidy(() => {
    const left = tf.tensor2d(some, [block, length]);
    const right = tf.tensor2d(among.vectors, [among.vectors.length / length, length]);
    products = tf.matMul(left, right, false, true).dataSync().slice() as Float32Array;
  });
  return products!;
}

function squaredLengths({ vectors, length }: Embeddings): Float64Array {
  const sums = new Float64Array(vectors.length / length);
  for (let at = 0; at < vectors.length; at++) sums[Math.floor(at / length)] += vectors[at] * vectors[at];
  return sums;
}
