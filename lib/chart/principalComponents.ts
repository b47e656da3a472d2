export interface PrincipalComponents {
  /** [n, components] coordinates, row after row. */
  points: Float32Array;
  /** Share of the whole variance that each component holds, largest first. */
  explained: number[];
}

/**
 * Principal component analysis (Pearson, 1901; Hotelling, 1933): each vector's coordinates along the directions of
 * largest variance, from the eigenvectors of the covariance matrix by Jacobi's rotations (1846). The sign is fixed so
 * that the largest loading of a direction is positive. Meant for rows of up to a few hundred values.
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
  const { values, directions } = eigen(covariance(vectors, means), rowLength);
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[b] - values[a]);
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const leading = order.slice(0, components);
  const points = new Float32Array(rows * components);
  leading.forEach((column, component) => {
    const direction = pointed(Float64Array.from({ length: rowLength }, (_, i) => directions[i * rowLength + column]));
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let i = 0; i < rowLength; i++) sum += (vectors[row * rowLength + i] - means[i]) * direction[i];
      points[row * components + component] = sum;
    }
  });
  return { points, explained: leading.map((column) => Math.max(0, values[column]) / total) };
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

const SWEEPS = 30;
const TOLERANCE = 1e-12;

/** Eigenvalues, and eigenvectors as columns, of a symmetric matrix, which is overwritten (cyclic Jacobi). */
function eigen(matrix: Float64Array, n: number): { values: Float64Array; directions: Float64Array } {
  const directions = Float64Array.from({ length: n * n }, (_, index) => (index % (n + 1) === 0 ? 1 : 0));
  const scale = Math.hypot(...diagonal(matrix, n)) || 1;
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(matrix, n) > TOLERANCE * scale; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, directions, { n, p, q });
  return { values: diagonal(matrix, n), directions };
}

function diagonal(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, index) => matrix[index * (n + 1)]);
}

function offDiagonal(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) sum += matrix[i * n + j] ** 2;
  return Math.sqrt(sum);
}

/** One rotation in the plane of p and q that makes their common entry zero. */
function rotate(
  matrix: Float64Array,
  directions: Float64Array,
  { n, p, q }: { n: number; p: number; q: number },
): void {
  const common = matrix[p * n + q];
  if (common === 0) return;
  const theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * common);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) turn(matrix, [k * n + p, k * n + q], [cosine, sine]);
  for (let k = 0; k < n; k++) turn(matrix, [p * n + k, q * n + k], [cosine, sine]);
  for (let k = 0; k < n; k++) turn(directions, [k * n + p, k * n + q], [cosine, sine]);
}

function turn(values: Float64Array, [first, second]: number[], [cosine, sine]: number[]): void {
  const [a, b] = [values[first], values[second]];
  values[first] = cosine * a - sine * b;
  values[second] = sine * a + cosine * b;
}

function pointed(direction: Float64Array): Float64Array {
  let largest = 0;
  direction.forEach((value, index) => Math.abs(value) > Math.abs(direction[largest]) && (largest = index));
  return direction[largest] < 0 ? direction.map((value) => -value) : direction;
}
