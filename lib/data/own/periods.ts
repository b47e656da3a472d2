import { toDay } from "../syntheticSales";
import type { Every } from "../salesSeries";
import { DAY } from "./parseDay";

/**
 * The first day of the period that a day lies in, in days since 1970. Weeks begin on Monday.
 *
 * @internal
 */
export function startOf(day: number, every: Every): number {
  if (every === "day") return day;
  if (every === "week") return day - ((((day + 3) % 7) + 7) % 7); // 1 January 1970 was a Thursday
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
}

/**
 * The first day of the period after the one that begins on a day.
 *
 * @internal
 */
export function nextStart(start: number, every: Every): number {
  if (every === "day") return start + 1;
  if (every === "week") return start + 7;
  const date = new Date(start * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
}

/**
 * A day in ISO form.
 *
 * @internal
 */
export function isoDay(day: number): string {
  return toDay(new Date(day * DAY));
}
