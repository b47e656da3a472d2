import { normal, type Random, seededRandom } from "../random";
import { classNames } from "./classNames";
import { toDay, weeksAfter } from "./syntheticSales";

/** How weekly sales are drawn. */
export interface PlantedSalesOptions {
  /** Weeks in every series, default 312: six years. */
  weeks?: number;
  /** Default `seededRandom(42)`. */
  random?: Random;
}

/** Weekly sales of a category, and what they were drawn around. */
export interface PlantedSeries {
  category: string;
  /** Pieces sold in each week: [weeks]. */
  sales: Int32Array;
  /** What would have been sold without luck: level, growth and season, [weeks]. */
  expected: Float64Array;
}

/** Sales of all categories over the same weeks. */
export interface PlantedSales {
  /** The Sunday of each week, from 5 January 2020: [weeks]. */
  weeks: string[];
  series: PlantedSeries[];
}

/**
 * Made-up weekly sales of the ten kinds of clothes that a forecast can learn something from, unlike `syntheticSales`:
 * each kind has a level, grows or shrinks by a steady share a year, has its season (coats in winter, sandals in
 * summer), and its luck has a memory: three fifths of what a week sold too much the next one does too. All of it acts
 * as factors, so that bestsellers swing further.
 *
 * @throws RangeError when the number of weeks is not positive
 */
export function plantedSales({ weeks = 312, random = seededRandom(42) }: PlantedSalesOptions = {}): PlantedSales {
  if (!Number.isInteger(weeks) || weeks < 1)
    throw new RangeError(`plantedSales(): weeks ${weeks} is not an integer of 1 or more`);
  const series = classNames.map((category, label) => drawSeries(category, SEASONS[label], { weeks, random }));
  return { weeks: weeksAfter(WEEK_BEFORE, weeks), series };
}

const WEEK_BEFORE = toDay(new Date(Date.UTC(2019, 11, 29)));
const WEEKS_A_YEAR = 365.25 / 7;

interface Season {
  /** The week of the year that sells most. */
  peak: number;
  /** By how much it exceeds the mean week, as an exponent: 0.7 is twice as much. */
  swing: number;
}

/** In the order of the labels. */
const SEASONS: Season[] = [
  { peak: 27, swing: 0.45 }, // T-shirt/top
  { peak: 40, swing: 0.15 }, // Trouser
  { peak: 48, swing: 0.5 }, // Pullover
  { peak: 21, swing: 0.4 }, // Dress
  { peak: 47, swing: 0.75 }, // Coat
  { peak: 25, swing: 0.8 }, // Sandal
  { peak: 16, swing: 0.2 }, // Shirt
  { peak: 14, swing: 0.2 }, // Sneaker
  { peak: 50, swing: 0.25 }, // Bag
  { peak: 43, swing: 0.6 }, // Ankle boot
];

/** The share of a week's luck that the next one keeps, and the deviation of what is new. */
const MEMORY = 0.6;
const LUCK = 0.09;

function drawSeries(
  category: string,
  { peak, swing }: Season,
  { weeks, random }: Required<PlantedSalesOptions>,
): PlantedSeries {
  const level = 250 + 550 * random.uniform();
  const growth = -0.04 + 0.16 * random.uniform(); // a year
  const expected = Float64Array.from({ length: weeks }, (_, week) => {
    const season = swing * Math.cos((2 * Math.PI * (week - peak)) / WEEKS_A_YEAR);
    return level * Math.exp((growth * week) / WEEKS_A_YEAR + season);
  });
  let luck = (LUCK / Math.sqrt(1 - MEMORY ** 2)) * normal(random);
  const sales = Int32Array.from(expected, (mean) => {
    luck = MEMORY * luck + LUCK * normal(random);
    return Math.max(1, Math.round(mean * Math.exp(luck)));
  });
  return { category, sales, expected };
}
