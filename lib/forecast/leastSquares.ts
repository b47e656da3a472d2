/**
 * The coefficients of a linear regression, by the normal equations and Cholesky's decomposition.
 *
 * @param rows - the inputs of each example, [count][inputs]; a constant has to be one of them
 * @param targets - [count]
 * @param ridge - added to the diagonal, in units of the inputs' mean squares (Hoerl and Kennard, 1970); default 1e-9, just
 * enough for inputs that say the same
 * @returns [inputs]
 * @throws RangeError for no examples, or another number of targets
 * @internal
 */
export function leastSquares(
  rows: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  ridge = 1e-9,
): Float64Array {
  if (rows.length === 0 || rows.length !== targets.length)
    throw new RangeError(`leastSquares(): ${rows.length} rows for ${targets.length} targets; give one for each`);
  const size = rows[0].length;
  const squares = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  rows.forEach((row, at) => {
    for (let i = 0; i < size; i++) {
      right[i] += row[i] * targets[at];
      for (let j = 0; j <= i; j++) squares[i][j] += row[i] * row[j];
    }
  });
  for (let i = 0; i < size; i++) squares[i][i] += ridge * (squares[i][i] + rows.length * 1e-12) + Number.MIN_VALUE;
  return solve(cholesky(squares), right);
}

/** The lower triangle L with L L' = matrix, in place. */
function cholesky(matrix: Float64Array[]): Float64Array[] {
  for (let i = 0; i < matrix.length; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / matrix[j][j];
    }
  return matrix;
}

function solve(lower: Float64Array[], right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k];
    x[i] /= lower[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= lower[k][i] * x[k];
    x[i] /= lower[i][i];
  }
  return x;
}
