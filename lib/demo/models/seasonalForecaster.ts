import * as tf from "@tensorflow/tfjs";
import { slidingWindows, type Windows } from "../../data/windows";
import { YEAR } from "../../forecast/baselinesAhead";
import { conformalBounds, type ErrorBounds } from "../../forecast/conformalBounds";
import { forecastAhead } from "../../forecast/forecastAhead";
import { forecastErrors } from "../../forecast/forecastErrors";
import { forecastWindows } from "../../forecast/forecastWindows";
import { buildLstm } from "../../forecast/lstm";
import { trainForecaster } from "../../forecast/trainForecaster";

/** How to train. */
export interface SeasonalTraining {
  /** The last weeks, kept from training, on which the errors are measured; default 104. */
  held?: number;
  /** The farthest week to forecast, at most and by default a year. */
  ahead?: number;
  /** The share of the truth that the bounds are to hold, default 0.8. */
  coverage?: number;
  /** Default 20. */
  epochs?: number;
  /** Default 42. */
  seed?: number;
  onEpoch?: (epoch: number, loss: number) => void;
}

/** A network that forecasts the luck of weekly sales: by which factor they differ from what season and growth make usual. */
export interface SeasonalForecaster {
  model: tf.LayersModel;
  /** By what the network's numbers are multiplied to be logarithms of that factor. */
  scale: number;
}

/** How far it erred on weeks it had not learned from; errors are differences of logarithms. */
export interface HeldErrors {
  /** Of the next error, by distance in weeks: [ahead]. */
  bounds: ErrorBounds[];
  /** The mean of the absolute errors of each series, over all distances: [series]. */
  typical: number[];
}

/** Weeks the network looks back on. */
const STEPS = 8;
/** Years before, of which the mean is what is usual. */
const YEARS = 2;

/**
 * One LSTM for several weekly series. Season and growth are taken out first, by seasonal differences of logarithms
 * (after Box and Jenkins, 1970): what is usual is the mean of the same week in the two years before, and what the series
 * has exceeded it by in the mean. The network learns what remains, and a small series counts as much as a large one. Its
 * errors are measured on the last weeks, which it never learns from.
 *
 * @param series - sales above 0, all over the same weeks
 */
export async function trainSeasonal(
  series: ArrayLike<number>[],
  options: SeasonalTraining = {},
): Promise<SeasonalForecaster & HeldErrors> {
  const { held = 104, ahead = YEAR, coverage = 0.8, epochs = 20, seed = 42, onEpoch } = options;
  const logs = series.map((values) => Float64Array.from(values, Math.log));
  const luck = logs.map((values) => takeSeason(values.subarray(0, values.length - held)).luck);
  const scale = spreadOf(luck.flatMap((values) => [...values]));
  const windows = joinWindows(luck.map((values) => slidingWindows(scaled(values, scale), 1, { steps: STEPS })));
  const model = buildLstm({ steps: STEPS, columns: 1, units: 24, activation: "tanh", seed });
  await trainForecaster(model, windows, { epochs, seed, onEpoch });
  const errors = logs.map((values) => heldErrors(values, { model, scale, held, ahead }));
  const bounds = Array.from({ length: ahead }, (_, step) =>
    conformalBounds(
      errors.flatMap((ofSeries) => ofSeries[step]),
      { coverage },
    ),
  );
  return { model, scale, bounds, typical: errors.map(typicalError) };
}

/** The mean of all absolute errors, whatever their distance. */
export function typicalError(errors: number[][]): number {
  const all = errors.flat();
  return all.reduce((sum, error) => sum + Math.abs(error), 0) / all.length;
}

/**
 * The weeks that follow a series.
 *
 * @param sales - above 0; two years and eight weeks of them, or more
 * @param ahead - weeks to forecast, a year at most
 */
export function forecastSeasonal(
  { model, scale }: SeasonalForecaster,
  sales: ArrayLike<number>,
  ahead: number,
): Float64Array {
  const logs = Float64Array.from(sales, Math.log);
  const { luck } = takeSeason(logs);
  return addSeason(logs, forecastAhead(model, scaled(luck, scale), ahead), scale).map(Math.exp);
}

/**
 * What a series did beyond its season and its growth, from the first week on for which the years before are known, and
 * the growth: by how much a week exceeds what is usual in the mean of all of them.
 */
function takeSeason(logs: Float64Array): { luck: Float64Array; growth: number } {
  const excess = logs.subarray(YEARS * YEAR).map((value, week) => value - usual(logs, week + YEARS * YEAR));
  const growth = excess.reduce((sum, value) => sum + value, 0) / excess.length;
  return { luck: excess.map((value) => value - growth), growth };
}

/** The way back for the weeks that follow the series: [luck.length]. */
function addSeason(logs: Float64Array, luck: ArrayLike<number>, scale: number): Float64Array {
  const { growth } = takeSeason(logs);
  return Float64Array.from(luck, (value, step) => usual(logs, logs.length + step) + growth + scale * value);
}

/** The mean of the same week in the years before. */
function usual(logs: Float64Array, week: number): number {
  let sum = 0;
  for (let year = 1; year <= YEARS; year++) sum += logs[week - year * YEAR];
  return sum / YEARS;
}

function scaled(values: Float64Array, scale: number): Float64Array {
  return values.map((value) => value / scale);
}

function joinWindows(parts: Windows[]): Windows {
  const join = (name: "inputs" | "targets") => Float32Array.from(parts.flatMap((part) => [...part[name]]));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { ...parts[0], inputs: join("inputs"), targets: join("targets"), count };
}

/** Root of the mean square. */
function spreadOf(values: number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** Errors of the logarithm in the held weeks, by distance. The network forecasts from all of them in one go. */
function heldErrors(
  logs: Float64Array,
  { model, scale, held, ahead }: { model: tf.LayersModel; scale: number; held: number; ahead: number },
): number[][] {
  const from = logs.length - held;
  const windows = Array.from({ length: held }, (_, week) => {
    const { luck } = takeSeason(logs.subarray(0, from + week));
    return [...scaled(luck.subarray(-STEPS), scale)];
  });
  const all = forecastWindows(model, Float32Array.from(windows.flat()), ahead); // [held, ahead]
  const forecast = (known: Float64Array, reach: number) => {
    const start = (known.length - from) * ahead;
    return addSeason(known, all.subarray(start, start + reach), scale);
  };
  return forecastErrors(logs, forecast, { from, ahead });
}
