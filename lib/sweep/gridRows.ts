import { type Axis, isRange, type RangeAxis } from "./axis";

/** The values of one row, by parameter. */
export type RowValues = Record<string, unknown>;

/** Rows that a sweep has at most. */
export const MOST_ROWS = 10_000;

/**
 * All combinations of the values, the last parameter changing fastest.
 *
 * @throws RangeError for a range of numbers that are not whole and have no step, or more than 10,000 rows
 */
export function gridRows(axes: readonly Axis[]): RowValues[] {
  const lists = axes.map((axis) => ({ name: axis.name, values: isRange(axis) ? wholeNumbers(axis) : axis.values }));
  checkCount(lists.reduce((count, { values }) => count * values.length, 1));
  return lists.reduce<RowValues[]>(
    (rows, { name, values }) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** Refuses more rows than a sweep may have. */
export function checkCount(count: number): void {
  if (count > MOST_ROWS)
    throw new RangeError(
      `The sweep has ${count} rows; at most ${MOST_ROWS} are run: give fewer values, or take a sample`,
    );
}

function wholeNumbers({ name, from, to, isLog, isWhole }: RangeAxis): number[] {
  if (isLog || !isWhole)
    throw new RangeError(
      `The parameter ${name} goes from ${from} to ${to} without a step, so a grid has no values of it; give a step, as in ${from}..${to}:${Number(((to - from) / 4).toPrecision(3))}, or --sample random`,
    );
  checkCount(to - from + 1);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
