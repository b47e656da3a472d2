import { startSpread, stepSpread } from "./armaSpread";

/** The coefficients of an ARMA process: its own past values, and its past shocks. */
export interface Arma {
  ar: readonly number[];
  ma: readonly number[];
}

/** What the filter found. */
export interface Filtered {
  /** The mean of the series; 0 where none was asked for. */
  mean: number;
  /** The variance of a shock. */
  variance: number;
  logLikelihood: number;
  /** What is expected of the next values by what is known, the mean taken out: [max(p, q + 1)]. */
  state: Float64Array;
}

/** A change of the spread below which it is taken as constant. */
const SETTLED = 1e-12;

/**
 * The exact Gaussian likelihood of a series under an ARMA process by the Kalman filter (Harvey, 1989; Gardner, Harvey and
 * Phillips, 1980). Mean and variance are those with the greatest likelihood for these coefficients.
 *
 * @param withMean - whether the series has a mean other than 0
 * @internal
 */
export function armaFilter(values: ArrayLike<number>, { ar, ma }: Arma, withMean: boolean): Filtered {
  const size = Math.max(ar.length, ma.length + 1);
  const [phi, shock] = [pad(ar, size), pad([1, ...ma], size)];
  const spread = startSpread(phi, shock);
  const [state, ones, gain] = [0, 0, 0].map(() => new Float64Array(size)); // ones: of a series that is always 1
  const sums: Sums = { squares: 0, products: 0, units: 0, logs: 0 };
  let settled = false;
  for (let i = 0; i < values.length; i++) {
    const [before, error, unit] = [spread[0], values[i] - state[0], 1 - ones[0]];
    add(sums, { before, error, unit });
    if (!settled) {
      for (let k = 0; k < size; k++) gain[k] = spread[k * size] / before;
      settled = stepSpread(spread, { phi, shock, gain }) < SETTLED;
    }
    stepState(state, { phi, gain, error });
    if (withMean) stepState(ones, { phi, gain, error: unit });
  }
  const mean = withMean ? sums.products / sums.units : 0;
  return { mean, ...likelihood(sums, mean, values.length), state: state.map((value, k) => value - mean * ones[k]) };
}

function pad(values: readonly number[], size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => values[i] ?? 0);
}

/** Sums over the series of what the likelihood is made of. */
interface Sums {
  squares: number;
  products: number;
  units: number;
  logs: number;
}

function add(sums: Sums, { before, error, unit }: { before: number; error: number; unit: number }): void {
  sums.squares += (error * error) / before;
  sums.products += (error * unit) / before;
  sums.units += (unit * unit) / before;
  sums.logs += Math.log(before);
}

function likelihood({ squares, products, units, logs }: Sums, mean: number, count: number) {
  const variance = (squares - 2 * mean * products + mean * mean * units) / count;
  return { variance, logLikelihood: -0.5 * (count * (Math.log(2 * Math.PI * variance) + 1) + logs) };
}

/** One step in time, after the error of the last forecast has been taken in. */
function stepState(
  state: Float64Array,
  { phi, gain, error }: { phi: Float64Array; gain: Float64Array; error: number },
): void {
  const first = state[0] + gain[0] * error;
  const last = state.length - 1;
  for (let k = 0; k < last; k++) state[k] = phi[k] * first + state[k + 1] + gain[k + 1] * error;
  state[last] = phi[last] * first;
}
