/** An eigenvalue of a symmetric matrix and its unit vector. */
export interface EigenPair {
  value: number;
  vector: Float64Array;
}

const SPARE = 8; // directions carried along, so that the wanted ones converge fast
const ROUNDS = 500;
const SETTLED = 1e-13;

/**
 * The `count` largest eigenvalues of a positive semi-definite [n, n] matrix with their vectors: orthogonal iteration
 * (Rutishauser, 1969) in a few directions more than wanted, then Jacobi's rotations (1846) within them.
 */
export function leadingEigen(matrix: Float64Array, n: number, count: number): EigenPair[] {
  let block = orthonormal(Array.from({ length: Math.min(n, count + SPARE) }, (_, k) => startVector(n, k)));
  let images = block.map((vector) => product(matrix, vector));
  for (let round = 0, before = NaN; round < ROUNDS && block.length < n; round++) {
    const sum = block.reduce((total, vector, k) => total + (k < count ? dot(vector, images[k]) : 0), 0);
    if (Math.abs(sum - before) <= SETTLED * sum) break;
    before = sum;
    block = orthonormal(images);
    images = block.map((vector) => product(matrix, vector));
  }
  const inner = Float64Array.from({ length: block.length ** 2 }, (_, index) =>
    dot(block[Math.floor(index / block.length)], images[index % block.length]),
  );
  const { values, directions } = jacobi(inner, block.length);
  const order = Array.from(values, (_, index) => index).sort((a, b) => values[b] - values[a]);
  return order.slice(0, count).map((column) => ({
    value: values[column],
    vector: mixed(block, (k) => directions[k * block.length + column]),
  }));
}

/** Diagonal of an [n, n] matrix. */
export function diagonal(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, index) => matrix[index * (n + 1)]);
}

/** Vectors that are no multiples of one another and lean to no axis. */
function startVector(n: number, k: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.cos((i + 1) * (k + 1) * 1.618) + (i === k ? 1 : 0));
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
    result[i] = sum;
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}

function mixed(block: Float64Array[], weight: (k: number) => number): Float64Array {
  return block[0].map((_, i) => block.reduce((sum, vector, k) => sum + weight(k) * vector[i], 0));
}

/** Gram and Schmidt's method, each direction cleaned twice; one that vanishes is begun anew. */
function orthonormal(vectors: Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  vectors.forEach((vector, k) => {
    let unit = cleaned(vector, basis);
    for (let fresh = k; !unit; fresh++) unit = cleaned(startVector(vector.length, fresh + vectors.length), basis);
    basis.push(unit);
  });
  return basis;
}

function cleaned(vector: Float64Array, basis: Float64Array[]): Float64Array | undefined {
  let rest = vector;
  for (const unit of [...basis, ...basis]) {
    const along = dot(rest, unit);
    rest = rest.map((value, i) => value - along * unit[i]);
  }
  const length = Math.sqrt(dot(rest, rest));
  return length > 1e-12 * Math.sqrt(dot(vector, vector)) ? rest.map((value) => value / length) : undefined;
}

const SWEEPS = 30;
const TOLERANCE = 1e-12;

/** Eigenvalues, and eigenvectors as columns, of a symmetric matrix, which is overwritten (cyclic Jacobi). */
function jacobi(matrix: Float64Array, n: number): { values: Float64Array; directions: Float64Array } {
  const directions = Float64Array.from({ length: n * n }, (_, index) => (index % (n + 1) === 0 ? 1 : 0));
  const scale = Math.hypot(...diagonal(matrix, n)) || 1;
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(matrix, n) > TOLERANCE * scale; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, directions, { n, p, q });
  return { values: diagonal(matrix, n), directions };
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
