/**
 * Copies rows of a flat array, in the order in which they are named: [indices.length, width].
 *
 * @param values - [rows, width], row after row
 * @param indices - rows that are there: whoever knows what they stand for has checked them
 */
export function takeRows(values: Float32Array, width: number, indices: ArrayLike<number>): Float32Array;
export function takeRows(values: Uint8Array, width: number, indices: ArrayLike<number>): Uint8Array;
export function takeRows(
  values: Float32Array | Uint8Array,
  width: number,
  indices: ArrayLike<number>,
): Float32Array | Uint8Array {
  const size = indices.length * width;
  const taken = values instanceof Float32Array ? new Float32Array(size) : new Uint8Array(size);
  for (let to = 0; to < indices.length; to++)
    taken.set(values.subarray(indices[to] * width, (indices[to] + 1) * width), to * width);
  return taken;
}
