import { diagonal, leadingEigen } from "./leadingEigen";

/** What `principalComponents` finds. */
export interface PrincipalComponents {
  /** [n, components] coordinates, row after row. */
  points: Float32Array;
  /** Share of the whole variance that each component holds, largest first. */
  explained: number[];
}

/**
 * Principal component analysis (Pearson, 1901; Hotelling, 1933): each vector's coordinates along the directions of
 * largest variance, the leading eigenvectors of the covariance matrix. The sign is fixed so that the largest loading of a
 * direction is positive. The work grows with n times the square of the row's length.
 *
 * @param vectors - [n, rowLength] values, row after row
 * @throws TypeError when the values are not whole rows, RangeError when more components than columns are wanted
 */
export function principalComponents(
  vectors: ArrayLike<number>,
  rowLength: number,
  { components = 2 } = {},
): PrincipalComponents {
  const rows = vectors.length / rowLength;
  if (!Number.isInteger(rows) || rows < 1)
    throw new TypeError(`principalComponents(): ${vectors.length} values are not whole rows of ${rowLength}`);
  if (components > rowLength || components < 1)
    throw new RangeError(
      `principalComponents(): ${components} components wanted of ${rowLength} columns; give 1 to ${rowLength}`,
    );
  const means = columnMeans(vectors, rowLength);
  const matrix = covariance(vectors, means);
  const leading = leadingEigen(matrix, rowLength, components);
  const total = diagonal(matrix, rowLength).reduce((sum, value) => sum + value, 0) || 1;
  const points = new Float32Array(rows * components);
  leading.forEach(({ vector }, component) => {
    const direction = pointed(vector);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < rowLength; i++) sum += (vectors[row * rowLength + i] - means[i]) * direction[i];
      points[row * components + component] = sum;
    }
  });
  return { points, explained: leading.map(({ value }) => Math.max(0, value) / total) };
}

function columnMeans(vectors: ArrayLike<number>, width: number): Float64Array {
  const means = new Float64Array(width);
  for (let index = 0; index < vectors.length; index++) means[index % width] += vectors[index];
  return means.map((sum) => (sum * width) / vectors.length);
}

/** [width, width] covariance (divided by n), the upper half summed and mirrored. */
function covariance(vectors: ArrayLike<number>, means: Float64Array): Float64Array {
  const width = means.length;
  const sums = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let start = 0; start < vectors.length; start += width) {
    for (let i = 0; i < width; i++) centred[i] = vectors[start + i] - means[i];
    for (let i = 0; i < width; i++) {
      const value = centred[i];
      if (value !== 0) for (let j = i; j < width; j++) sums[i * width + j] += value * centred[j];
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) sums[i * width + j] = sums[j * width + i];
  return sums.map((sum) => (sum * width) / vectors.length);
}

function pointed(direction: Float64Array): Float64Array {
  let largest = 0;
  direction.forEach((value, index) => Math.abs(value) > Math.abs(direction[largest]) && (largest = index));
  return direction[largest] < 0 ? direction.map((value) => -value) : direction;
}
