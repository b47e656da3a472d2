/** Windows over a series, and what follows each. */
export interface Windows {
  /** [count, steps, columns], window after window. */
  inputs: Float32Array;
  /** [count, columns], the row each window is to foretell; [count, outputs] where `outputs` is given. */
  targets: Float32Array;
  count: number;
  steps: number;
  columns: number;
  /** Values in each target where they are not a row, as from `directWindows`. */
  outputs?: number;
}

/**
 * Cuts a series into overlapping windows and the row that follows each: 100 rows in windows of 3 give 97.
 *
 * @param series - [rows, columns], row after row
 * @param columns - how many values make a row
 * @param options - settings by name
 * @param options.steps - rows in a window, default 3
 * @param options.ahead - how many rows after the window's last the target lies, default 1
 * @throws TypeError when the values do not fill whole rows, RangeError when there are too few for one window
 */
export function slidingWindows(series: ArrayLike<number>, columns: number, { steps = 3, ahead = 1 } = {}): Windows {
  const rows = checkedRows(series, columns);
  const count = rows - checkedReach(steps, ahead) + 1;
  if (count < 1)
    throw new RangeError(
      `slidingWindows(): got ${rows} rows, wanted ${steps + ahead} or more for ${steps} steps and ${ahead} ahead; use a smaller window`,
    );
  const values = Float32Array.from(series);
  const inputs = new Float32Array(count * steps * columns);
  const targets = new Float32Array(count * columns);
  for (let i = 0; i < count; i++) {
    const target = i + steps + ahead - 1;
    inputs.set(values.subarray(i * columns, (i + steps) * columns), i * steps * columns);
    targets.set(values.subarray(target * columns, (target + 1) * columns), i * columns);
  }
  return { inputs, targets, count, steps, columns };
}

function checkedRows(series: ArrayLike<number>, columns: number): number {
  const rows = series.length / columns;
  if (!Number.isInteger(columns) || columns < 1 || !Number.isInteger(rows))
    throw new TypeError(
      `slidingWindows(): got ${series.length} values for ${columns} columns, wanted whole rows; pass them row after row`,
    );
  return rows;
}

function checkedReach(steps: number, ahead: number): number {
  if (!Number.isInteger(steps) || !Number.isInteger(ahead) || steps < 1 || ahead < 1)
    throw new RangeError(`slidingWindows(): steps ${steps} and ahead ${ahead} must be integers of 1 or more`);
  return steps + ahead;
}
