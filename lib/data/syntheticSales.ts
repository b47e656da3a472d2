import { type ColumnTable, table } from "arquero";
import { integer, type Random, seededRandom } from "../random";
import { classNames } from "./classNames";

/** The first Sunday on or after 1 January 2020: pandas' `date_range(start="2020-01-01", freq="W")` begins there. */
const FIRST_SUNDAY = Date.UTC(2020, 0, 5);
const WEEK = 7 * 24 * 60 * 60 * 1000;

/**
 * Made-up weekly sales: `date` (Sundays from 5 January 2020, UTC), `category` (a class name), `sales_volume` (100 to
 * 999) and `social_mentions` (0 to 499). Every number is drawn independently of all others, so there is nothing in them
 * that a forecast could learn.
 *
 * @param options - settings by name
 * @param options.weeks - rows, default 100
 * @param options.random - default `seededRandom(42)`; columns are drawn one after the other
 */
export function syntheticSales({
  weeks = 100,
  random = seededRandom(42),
}: { weeks?: number; random?: Random } = {}): ColumnTable {
  if (!Number.isInteger(weeks) || weeks < 1)
    throw new RangeError(`syntheticSales(): weeks ${weeks} is not an integer of 1 or more`);
  const draw = (low: number, high: number) => Int32Array.from({ length: weeks }, () => integer(random, low, high));
  return table({
    date: Array.from({ length: weeks }, (_, week) => new Date(FIRST_SUNDAY + week * WEEK)),
    category: Array.from(draw(0, classNames.length), (label) => classNames[label]),
    sales_volume: draw(100, 1000),
    social_mentions: draw(0, 500),
  });
}

/** The day of a date in UTC as people and charts write it: "2020-01-05". */
export function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The days one, two, … weeks after a day. */
export function weeksAfter(day: string, weeks: number): string[] {
  return Array.from({ length: weeks }, (_, i) => toDay(new Date(Date.parse(day) + (i + 1) * WEEK)));
}
