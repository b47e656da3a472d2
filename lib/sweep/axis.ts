/** The values that a sweep gives one parameter: a list, or all numbers of a range. */
export type Axis = ListAxis | RangeAxis;

/** Some values of a parameter, in their order. */
export interface ListAxis {
  name: string;
  values: unknown[];
}

/** All numbers from one to another, both included; only whole ones where `isWhole`. */
export interface RangeAxis {
  name: string;
  from: number;
  to: number;
  /** Whether a sample draws the logarithm evenly and not the number. */
  isLog: boolean;
  isWhole: boolean;
}

/** Whether an axis is a range. */
export function isRange(axis: Axis): axis is RangeAxis {
  return "from" in axis;
}
