import { checkKnown } from "../checkKnown";
import { mean } from "../mean";

/**
 * The factors of the season by classical decomposition (as statsmodels' `seasonal_decompose(model="multiplicative")`):
 * each value divided by the mean of the period around it, then the mean of these ratios for each place in the period.
 *
 * @param values - above 0, two periods or more
 * @returns [period], the factor of the first value first; their mean is 1
 * @throws RangeError for fewer than two periods, or a value that is not above 0
 */
export function seasonalFactors(values: ArrayLike<number>, period: number): number[] {
  checkKnown("seasonalFactors()", values, 2 * period);
  const wrong = Array.from(values).find((value) => value <= 0);
  if (wrong !== undefined)
    throw new RangeError(`seasonalFactors(): a value is ${wrong}, wanted all above 0; a factor needs that`);
  const reach = Math.floor(period / 2);
  const ratios = Array.from({ length: period }, () => [] as number[]);
  for (let i = reach; i < values.length - reach; i++) ratios[i % period].push(values[i] / around(values, i, period));
  const means = ratios.map(mean);
  const level = mean(means);
  return means.map((value) => value / level);
}

/** The mean of one period around a place; the ends of an even one count half. */
function around(values: ArrayLike<number>, at: number, period: number): number {
  const reach = Math.floor(period / 2);
  let sum = 0;
  for (let i = at - reach; i <= at + reach; i++) sum += values[i];
  if (period % 2 === 0) sum -= (values[at - reach] + values[at + reach]) / 2;
  return sum / period;
}
