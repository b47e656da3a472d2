import { checkKnown } from "../checkKnown";
import { difference, differenceWeights, integrate } from "./difference";
import { fitArma, type FittedArma } from "./fitArma";

/** The order of an ARIMA model. */
export interface ArimaOrder {
  /** How many past values count, 0 to 5; default 1. */
  p?: number;
  /** How often changes are taken instead of values, 0 to 2; default 1. */
  d?: number;
  /** How many past shocks count, 0 to 5; default 1. */
  q?: number;
  /** How often the change to the value one period before is taken, 0 or 1; default 0. */
  seasonal?: number;
  /** After how many values the season comes round, default 52. */
  period?: number;
  /** Whether the differenced series has a mean other than 0; default: where nothing is differenced. */
  drift?: boolean;
}

/** A fitted ARIMA model: its coefficients, the variance of a shock, likelihood and criterion. */
export interface FittedArima extends FittedArma {
  order: Required<ArimaOrder>;
}

/**
 * Fits an ARIMA(p, d, q) model (Box and Jenkins, 1970) by exact maximum likelihood; with `seasonal: 1` to the changes
 * from one period before. Its numbers agree with those of statsmodels' `ARIMA`.
 *
 * @param known - values, the latest last
 * @throws RangeError for an order that cannot be, too few values for it, or one that is not finite
 */
export function fitArima(known: ArrayLike<number>, order: ArimaOrder = {}): FittedArima {
  const { p = 1, d = 1, q = 1, seasonal = 0, period = 52 } = order;
  checkOrder({ p, d, q, seasonal, period });
  const { drift = d + seasonal === 0 } = order;
  const weights = differenceWeights(d, seasonal, period);
  checkKnown("fitArima()", known, weights.length - 1 + LEAST + p + q);
  const fitted = fitArma(difference(known, weights), { p, q, withMean: drift });
  return { ...fitted, order: { p, d, q, seasonal, period, drift } };
}

/** Fewer differences than this say nothing of their memory. */
const LEAST = 8;

/**
 * The forecast of an ARIMA model: of the order given, fitted to the values known. Arguments and errors as in `fitArima`.
 *
 * @param ahead - how many values to forecast
 */
export function arima(known: ArrayLike<number>, ahead: number, order: ArimaOrder = {}): Float64Array {
  const { state, mean, ar, order: used } = fitArima(known, order);
  const changes = Float64Array.from({ length: ahead });
  let expected = Float64Array.from(state);
  for (let step = 0; step < ahead; step++) {
    changes[step] = mean + expected[0];
    expected = expected.map((_, k) => (ar[k] ?? 0) * expected[0] + (expected[k + 1] ?? 0));
  }
  return integrate(known, changes, differenceWeights(used.d, used.seasonal, used.period));
}

function checkOrder(order: Record<string, number>): void {
  const most: Record<string, number> = { p: 5, d: 2, q: 5, seasonal: 1, period: 1000 };
  for (const [name, value] of Object.entries(order))
    if (!Number.isInteger(value) || value < 0 || value > most[name])
      throw new RangeError(`fitArima(): ${name} ${value} is not an integer from 0 to ${most[name]}`);
}
