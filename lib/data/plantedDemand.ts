import { normal, type Random, seededRandom } from "../random";
import type { SalesSeries } from "./salesSeries";
import { weeksAfter } from "./syntheticSales";

/** How weekly demand is drawn. */
export interface PlantedDemandOptions {
  /** Weeks in the series, default 312: six years. */
  weeks?: number;
  /** Default `seededRandom(42)`. */
  random?: Random;
}

/** Weekly sales with everything that acts on them, and what they were drawn around. */
export interface PlantedDemand extends Required<SalesSeries> {
  /** What would have been sold without luck: trend, season, promotion and mentions together, [weeks]. */
  expected: Float64Array;
}

/** Weeks by which mentions lead sales. */
export const MENTIONS_LEAD = 2;

/** What acts on the logarithm of sales. */
const EFFECTS = { growth: 0.08, swing: 0.35, promotion: 0.45, mentions: 0.14 };
const PEAK_WEEK = 48;
const LEVEL = 400;
const WEEKS_A_YEAR = 365.25 / 7;
/** The share of weeks with a promotion. */
const PROMOTED = 0.1;
/** The share of a week's buzz that the next one keeps, and the deviation of luck in sales and in mentions. */
const MEMORY = { mentions: 0.7, luck: 0.5 };
const NOISE = { luck: 0.06, mentions: 0.1 };

/**
 * Made-up weekly sales of one product line with four causes that a forecast can learn: a trend of 8 % a year, a season
 * that peaks before Christmas, promotions in about one week of ten (they add 57 %), and mentions in social media that
 * lead sales by two weeks. Promotions are planned, so they are known in advance; mentions are known only when they have
 * happened. What remains is luck, half of which carries over to the next week. All of it acts as factors.
 *
 * @throws RangeError when the number of weeks is not positive
 */
export function plantedDemand({ weeks = 312, random = seededRandom(42) }: PlantedDemandOptions = {}): PlantedDemand {
  if (!Number.isInteger(weeks) || weeks < 1)
    throw new RangeError(`plantedDemand(): weeks ${weeks} is not an integer of 1 or more`);
  const buzz = drawMemory(weeks + MENTIONS_LEAD, MEMORY.mentions, random);
  const promotions = Float64Array.from({ length: weeks }, () => Number(random.uniform() < PROMOTED));
  const luck = drawMemory(weeks, MEMORY.luck, random);
  const expected = promotions.map((promotion, week) => expectedSales(week, promotion, buzz[week]));
  const noise = () => Math.exp(NOISE.mentions * normal(random));
  return {
    dates: weeksAfter("2019-12-29", weeks),
    values: expected.map((mean, week) => Math.max(1, Math.round(mean * Math.exp(NOISE.luck * luck[week])))),
    mentions: promotions.map((_, week) => Math.round(200 * Math.exp(0.4 * buzz[week + MENTIONS_LEAD]) * noise())),
    promotions,
    expected,
    period: 52,
    every: "week",
  };
}

/** The buzz of two weeks before acts on this week's sales. */
function expectedSales(week: number, promotion: number, buzz: number): number {
  const { growth, swing, promotion: gain, mentions } = EFFECTS;
  const season = swing * Math.cos((2 * Math.PI * (week - PEAK_WEEK)) / WEEKS_A_YEAR);
  return LEVEL * Math.exp((growth * week) / WEEKS_A_YEAR + season + gain * promotion + mentions * buzz);
}

/** Normal numbers of variance 1, each of which keeps a share of the one before it. */
function drawMemory(count: number, memory: number, random: Random): Float64Array {
  let value = normal(random);
  return Float64Array.from({ length: count }, () => {
    value = memory * value + Math.sqrt(1 - memory * memory) * normal(random);
    return value;
  });
}
