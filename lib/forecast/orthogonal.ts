import { normal, type Random } from "../random";

/**
 * A random matrix with orthonormal rows, Keras' start for recurrent weights (Saxe, McClelland and Ganguli, 2014): normal
 * draws, made orthogonal row by row (Gram and Schmidt).
 *
 * @returns [rows, columns]
 * @throws RangeError when there are more rows than columns
 */
export function orthogonal(random: Random, rows: number, columns: number): Float32Array {
  if (rows > columns)
    throw new RangeError(`orthogonal(): ${rows} rows of ${columns} values cannot all be orthogonal; swap the two`);
  const matrix = Array.from({ length: rows }, () => Float64Array.from({ length: columns }, () => normal(random)));
  matrix.forEach((row, i) => {
    for (const earlier of matrix.slice(0, i)) subtract(row, earlier, dot(row, earlier));
    const length = Math.sqrt(dot(row, row));
    row.forEach((value, column) => (row[column] = value / length));
  });
  return Float32Array.from(matrix.flatMap((row) => [...row]));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}

function subtract(from: Float64Array, direction: Float64Array, factor: number): void {
  direction.forEach((value, i) => (from[i] -= factor * value));
}
