import { nelderMead } from "../nelderMead";
import { armaFilter, type Arma, type Filtered } from "./armaFilter";

/** A fitted ARMA process. */
export interface FittedArma extends Arma, Filtered {
  /** Akaike's criterion, corrected for short series: the less, the better (Hurvich and Tsai, 1989). */
  aicc: number;
}

/**
 * The ARMA(p, q) process under which a series has the greatest exact likelihood. Coefficients are sought among those of
 * stationary, invertible processes (by partial autocorrelations: Monahan, 1984), from three starts.
 *
 * @param values - [count]
 * @param order - p and q, and whether the series has a mean other than 0
 * @internal
 */
export function fitArma(
  values: ArrayLike<number>,
  { p, q, withMean }: { p: number; q: number; withMean: boolean },
): FittedArma {
  const toArma = (point: number[]): Arma => ({
    ar: stationary(point.slice(0, p)),
    ma: stationary(point.slice(p)).map((value) => -value),
  });
  const loss = (point: number[]) => -armaFilter(values, toArma(point), withMean).logLikelihood / values.length;
  const found = startsOf(p, q).map((start) => nelderMead(loss, start, { tolerance: 1e-10 }));
  const best = toArma(found.sort((a, b) => a.value - b.value)[0].point);
  const filtered = armaFilter(values, best, withMean);
  return {
    ...best,
    ...filtered,
    aicc: correctedAic(filtered.logLikelihood, p + q + 1 + Number(withMean), values.length),
  };
}

/** No memory, a long memory of values, and one of shocks. */
function startsOf(p: number, q: number): number[][] {
  if (p + q === 0) return [[]];
  const point = (ar: number, ma: number) => Array.from({ length: p + q }, (_, i) => (i === 0 && p ? ar : i === p ? ma : 0)); // prettier-ignore
  return [point(0.1, 0.1), point(1, 0.5), point(-0.5, -0.5)];
}

function correctedAic(logLikelihood: number, parameters: number, count: number): number {
  const room = count - parameters - 1;
  return room > 0 ? -2 * logLikelihood + (2 * parameters * count) / room : Infinity;
}

/** Any numbers to the coefficients of a stationary autoregression (Durbin and Levinson's recursion). */
function stationary(point: number[]): number[] {
  let coefficients: number[] = [];
  for (const value of point) {
    const partial = Math.tanh(value);
    const earlier = coefficients;
    coefficients = [...earlier.map((own, i) => own - partial * earlier[earlier.length - 1 - i]), partial];
  }
  return coefficients;
}
