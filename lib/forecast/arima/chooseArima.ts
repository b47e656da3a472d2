import { checkKnown } from "../checkKnown";
import { fitArima, type ArimaOrder } from "./arima";
import { difference, differenceWeights } from "./difference";
import { kpss, KPSS_LIMIT } from "./kpss";

/** Options of `chooseArima`. */
export interface ChoiceOptions extends Pick<ArimaOrder, "seasonal" | "period"> {
  /** p and q are sought from 0 to this, default 2. */
  most?: number;
}

/**
 * The order of an ARIMA model for a series, as automatic ARIMA does it (Hyndman and Khandakar, 2008), but trying all
 * orders: changes are taken until the series no longer wanders off by the KPSS test, then p and q with the least AICc win.
 * Choose on the training part, and keep the order for what follows.
 *
 * @param known - values, the latest last
 * @throws RangeError for too few values, or one that is not finite
 */
export function chooseArima(known: ArrayLike<number>, options: ChoiceOptions = {}): Required<ArimaOrder> {
  const { most = 2, seasonal = 0, period = 52 } = options;
  checkKnown("chooseArima()", known, seasonal * period + 20);
  const wanders = (d: number) => kpss(difference(known, differenceWeights(d, seasonal, period))) > KPSS_LIMIT;
  const d = [0, 1].find((times) => !wanders(times)) ?? 2;
  const drift = d + seasonal < 2;
  const range = Array.from({ length: most + 1 }, (_, i) => i);
  const orders = range.flatMap((p) => range.map((q) => ({ p, d, q, seasonal, period, drift })));
  const fits = orders.map((order) => fitArima(known, order)).sort((a, b) => a.aicc - b.aicc);
  return fits[0].order;
}
