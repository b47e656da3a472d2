import { type PlantedSales, plantedSales } from "../../data/plantedSales";
import { weeksAfter } from "../../data/syntheticSales";
import { asLastWeek, asLastYear, asMeanWeek } from "../../forecast/baselinesAhead";
import { forecastErrors, type ForecastFunction } from "../../forecast/forecastErrors";
import type { Forecaster, SalesOutlook } from "../services";
import { forecastSeasonal, type HeldErrors, type SeasonalForecaster, typicalError } from "./seasonalForecaster";

/** What the forecaster was trained with, and what is to be shown of it. */
export interface ForecasterSource extends SeasonalForecaster, HeldErrors {
  /** Default those the demo is trained on. */
  sales?: PlantedSales;
  /** The last weeks, which training has not seen. */
  held: number;
  /** Of the bounds. */
  coverage: number;
}

/** Forecasts that need no training; the best of them is shown beside the network's. */
const BASELINES: Record<string, ForecastFunction> = {
  "as a year ago": asLastYear,
  "as last week": asLastWeek,
  "mean of the last year": asMeanWeek,
};

/** The forecaster as the server asks it. What has been forecast once is remembered. */
export function buildForecaster(source: ForecasterSource): Forecaster {
  const { sales = plantedSales(), bounds } = source;
  const categories = sales.series.map(({ category }) => category);
  const longest = bounds.length;
  const outlooks = new Map<string, SalesOutlook>();
  return {
    categories,
    longest,
    forecast(category, horizon) {
      checkAsked(category, horizon, { categories, longest });
      const whole = outlooks.get(category) ?? lookAhead(categories.indexOf(category), { ...source, sales });
      outlooks.set(category, whole);
      return { ...whole, forecast: whole.forecast.slice(0, horizon), baseline: whole.baseline.slice(0, horizon) };
    },
  };
}

function checkAsked(
  category: string,
  horizon: number,
  { categories, longest }: Pick<Forecaster, "categories" | "longest">,
): void {
  if (!categories.includes(category))
    throw new RangeError(`There is no category "${category}"; the categories are ${categories.join(", ")}.`);
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > longest)
    throw new RangeError(`The horizon ${horizon} is not a whole number of weeks from 1 to ${longest}.`);
}

/** All that is known of a category, as far ahead as there are bounds. */
function lookAhead(place: number, source: Required<ForecasterSource>): SalesOutlook {
  const { sales, bounds, typical, held, coverage } = source;
  const { category, sales: known } = sales.series[place];
  const ahead = weeksAfter(sales.weeks[sales.weeks.length - 1], bounds.length);
  const forecast = forecastSeasonal(source, known, bounds.length);
  const baseline = bestBaseline(Float64Array.from(known, Math.log), { held, ahead: bounds.length });
  return {
    category,
    history: sales.weeks.map((week, at) => ({ week, sales: known[at] })),
    forecast: ahead.map((week, at) => ({
      ...{ week, sales: Math.round(forecast[at]) },
      low: Math.round(forecast[at] * Math.exp(bounds[at].low)),
      high: Math.round(forecast[at] * Math.exp(bounds[at].high)),
    })),
    baseline: ahead.map((week, at) => ({ week, sales: Math.round(Math.exp(baseline.values[at])) })),
    baselineName: baseline.name,
    coverage,
    typicalError: { forecast: toShare(typical[place]), baseline: toShare(baseline.error) },
  };
}

/** The baseline that errs least over the weeks held out. */
function bestBaseline(logs: Float64Array, { held, ahead }: { held: number; ahead: number }) {
  const rivals = Object.entries(BASELINES).map(([name, rival]) => {
    const error = typicalError(forecastErrors(logs, rival, { from: logs.length - held, ahead }));
    return { name, error, values: rival(logs, ahead) };
  });
  return rivals.reduce((best, rival) => (rival.error < best.error ? rival : best));
}

/** An error of the logarithm as a share of the sales. */
function toShare(error: number): number {
  return Math.exp(error) - 1;
}
