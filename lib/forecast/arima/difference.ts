/**
 * The series of changes: from value to value `d` times, and to the value one period before `D` times.
 *
 * @internal
 */
export function difference(values: ArrayLike<number>, weights: readonly number[]): Float64Array {
  const lost = weights.length - 1;
  return Float64Array.from({ length: Math.max(0, values.length - lost) }, (_, i) =>
    weights.reduce((sum, weight, lag) => sum + weight * values[i + lost - lag], 0),
  );
}

/**
 * The weights of these differences: (1 - B)^d (1 - B^period)^D as a polynomial in the lag B.
 *
 * @internal
 */
export function differenceWeights(d: number, D: number, period: number): number[] {
  let weights = [1];
  const times = (lag: number) => {
    const next = new Array<number>(weights.length + lag).fill(0);
    weights.forEach((weight, i) => {
      next[i] += weight;
      next[i + lag] -= weight;
    });
    weights = next;
  };
  for (let i = 0; i < d; i++) times(1);
  for (let i = 0; i < D; i++) times(period);
  return weights;
}

/**
 * The way back: the values whose differences these are, after the known ones.
 *
 * @internal
 */
export function integrate(
  known: ArrayLike<number>,
  changes: ArrayLike<number>,
  weights: readonly number[],
): Float64Array {
  const lost = weights.length - 1;
  const all = Array.from(known).slice(known.length - lost);
  for (let i = 0; i < changes.length; i++) {
    const past = weights.reduce((sum, weight, lag) => (lag === 0 ? sum : sum + weight * all[all.length - lag]), 0);
    all.push(changes[i] - past);
  }
  return Float64Array.from(all.slice(lost));
}
