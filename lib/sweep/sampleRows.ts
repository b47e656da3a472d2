import { type Random } from "../random";
import { type Axis, isRange, type RangeAxis } from "./axis";
import { checkCount, type RowValues } from "./gridRows";
import { sobolPoints } from "./sobolPoints";

/** How a sample chooses its rows. */
export type SampleMethod = "random" | "sobol";

/**
 * Draws rows: of a list each value is as likely as the others, of a range each number, or each logarithm.
 *
 * @param count - rows to draw; the same may come twice where the values are few
 * @throws RangeError for more than 10,000 rows, or too many parameters for Sobol's sequence
 */
export function sampleRows(
  axes: readonly Axis[],
  count: number,
  { method, random }: { method: SampleMethod; random: Random },
): RowValues[] {
  checkCount(count);
  const varied = axes.filter((axis) => isRange(axis) || axis.values.length > 1);
  const points =
    method === "sobol" ? sobolPoints(count, varied.length, random) : uniformPoints(count, varied.length, random);
  return points.map((point) =>
    Object.fromEntries(
      axes.map((axis) => {
        const place = varied.indexOf(axis);
        return [axis.name, valueAt(axis, place < 0 ? 0 : point[place])];
      }),
    ),
  );
}

function uniformPoints(count: number, dimensions: number, random: Random): number[][] {
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, () => random.uniform()));
}

/** The value at a place from 0 to below 1. */
function valueAt(axis: Axis, place: number): unknown {
  if (!isRange(axis)) return axis.values[Math.floor(place * axis.values.length)];
  if (axis.isLog) return inRange(axis, Math.exp(Math.log(axis.from) + place * Math.log(axis.to / axis.from)));
  return axis.isWhole
    ? axis.from + Math.floor(place * (axis.to - axis.from + 1))
    : inRange(axis, axis.from + place * (axis.to - axis.from));
}

/** With six digits: what a person can write down is the value that the row has. */
function inRange({ from, to, isWhole }: RangeAxis, value: number): number {
  const short = isWhole ? Math.round(value) : Number(value.toPrecision(6));
  return Math.min(to, Math.max(from, short));
}
