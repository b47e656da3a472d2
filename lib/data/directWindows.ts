import { slidingWindows, type Windows } from "./windows";

/** How to cut windows with several targets. */
export interface DirectWindowsOptions {
  /** Rows in a window, default 3. */
  steps?: number;
  /** How many rows after the window are foretold at once, default 4. */
  ahead?: number;
  /** The column that is foretold, default 0, the first. */
  target?: number;
}

/**
 * Cuts a series into overlapping windows, each with the next values of one column as its target, for a forecast of all of
 * them at once. 100 rows in windows of 3 with 4 ahead give 94.
 *
 * @param series - [rows, columns], row after row
 * @param columns - how many values make a row
 * @returns windows whose targets are [count, ahead]
 * @throws TypeError when the values do not fill whole rows, RangeError when there are too few for one window, or no such
 * column
 */
export function directWindows(
  series: ArrayLike<number>,
  columns: number,
  { steps = 3, ahead = 4, target = 0 }: DirectWindowsOptions = {},
): Windows {
  if (!Number.isInteger(target) || target < 0 || target >= columns)
    throw new RangeError(`directWindows(): there is no column ${target}; the columns are 0 to ${columns - 1}`);
  const windows = slidingWindows(series, columns, { steps, ahead });
  const targets = Float32Array.from({ length: windows.count * ahead }, (_, i) => {
    const row = Math.floor(i / ahead) + steps + (i % ahead);
    return series[row * columns + target];
  });
  return { ...windows, targets, outputs: ahead };
}
