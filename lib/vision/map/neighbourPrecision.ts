import type { Neighbours } from "./nearestNeighbours";

/** Options of `neighbourPrecision`. */
export interface NeighbourPrecisionOptions {
  /** Class of each row that was looked for neighbours in, where these are other rows than those with `labels`. */
  among?: ArrayLike<number>;
  /** How many classes there are, default 10. */
  classes?: number;
}

/**
 * Precision at k by class: of the neighbours of a class' rows, the share that are of the same class, 0 to 1; NaN for a
 * class without rows.
 *
 * @param labels - class of each row, and of each neighbour where `among` is not given, [rows]
 * @throws TypeError for another number of labels than of rows
 */
export function neighbourPrecision(
  { rows, count }: Neighbours,
  labels: ArrayLike<number>,
  { among = labels, classes = 10 }: NeighbourPrecisionOptions = {},
): number[] {
  if (labels.length * count !== rows.length)
    throw new TypeError(
      `neighbourPrecision(): ${labels.length} labels for ${rows.length / count} rows; give one for each`,
    );
  const [same, all] = [new Array<number>(classes).fill(0), new Array<number>(classes).fill(0)];
  rows.forEach((neighbour, at) => {
    const label = labels[Math.floor(at / count)];
    all[label]++;
    if (among[neighbour] === label) same[label]++;
  });
  return same.map((number, label) => number / all[label]);
}
