import type { Every } from "../salesSeries";
import { isoDay, nextStart, startOf } from "./periods";

/** What to do with a period that no row falls into. */
export type Gaps = "refuse" | "zero" | "previous";

/**
 * Values by period, in order.
 *
 * @internal
 */
export interface PeriodSums {
  /** The first day of each period. */
  dates: string[];
  values: Float64Array;
  /** Periods at the ends that the data cover in part, left out: 0 to 2. */
  partial: number;
}

/** Periods at most: a slip in a year would make a series of thousands of empty ones. */
const MOST_PERIODS = 40_000;

/**
 * Adds values up by day, week or month; of the rows it keeps no more than the sums.
 *
 * @internal
 */
export class PeriodAdder {
  private readonly periods = new Map<number, { sum?: number; day: number }>();
  private first = Infinity;
  private last = -Infinity;
  /** Whether rows lie closer than the periods. */
  private fine = false;

  constructor(private readonly every: Every) {}

  /**
   * @param day - in days since 1970
   * @param value - none for a row that is left out: it only shows that the data reach that day
   */
  add(day: number, value?: number): void {
    const start = startOf(day, this.every);
    const period = this.periods.get(start);
    if (!period) this.periods.set(start, { sum: value, day });
    else if (value !== undefined) period.sum = (period.sum ?? 0) + value;
    if (period && period.day !== day) this.fine = true;
    this.first = Math.min(this.first, day);
    this.last = Math.max(this.last, day);
  }

  /**
   * The sums from the first whole period to the last. Where rows lie closer than the periods, a period at either end that
   * the rows do not reach the edge of is in part only, and is left out.
   *
   * @throws RangeError for gaps that are to be refused, no whole period, or far too many
   */
  finish(gaps: Gaps, call: string): PeriodSums {
    const starts = this.starts(call);
    const whole = this.fine ? starts.filter((start) => this.isWhole(start)) : starts;
    if (whole.length === 0)
      throw new RangeError(`${call} has no whole ${this.every}; give data of a longer time, or a smaller "every"`);
    return {
      dates: whole.map(isoDay),
      values: fillGaps(
        whole.map((start) => this.periods.get(start)?.sum),
        { gaps, every: this.every, dates: whole, call },
      ),
      partial: starts.length - whole.length,
    };
  }

  private starts(call: string): number[] {
    if (this.periods.size === 0) throw new RangeError(`${call} has no row to add up; give a file with sales`);
    const starts: number[] = [];
    for (let at = startOf(this.first, this.every); at <= this.last; at = nextStart(at, this.every)) {
      starts.push(at);
      if (starts.length > MOST_PERIODS)
        throw new RangeError(
          `${call} goes from ${isoDay(this.first)} to ${isoDay(this.last)}, more than ${MOST_PERIODS} ${this.every}s; mend the dates`,
        );
    }
    return starts;
  }

  private isWhole(start: number): boolean {
    const end = nextStart(start, this.every) - 1;
    const cutBefore = start < this.first;
    const cutAfter = end > this.last;
    return !cutBefore && !cutAfter;
  }
}

function fillGaps(
  sums: (number | undefined)[],
  { gaps, every, dates, call }: { gaps: Gaps; every: Every; dates: number[]; call: string },
): Float64Array {
  const missing = sums.flatMap((sum, i) => (sum === undefined ? [dates[i]] : []));
  if (missing.length > 0 && gaps === "refuse")
    throw new RangeError(
      `${call} has no row for ${missing.length} of ${sums.length} ${every}s, the first from ${isoDay(missing[0])}; pass { gaps: "zero" } where nothing was sold, { gaps: "previous" } where it is not known`,
    );
  let previous = 0;
  return Float64Array.from(sums, (sum) => (previous = sum ?? (gaps === "zero" ? 0 : previous)));
}
