/** Between which numbers a parameter is to lie, both included. */
export interface StatedRange {
  least: number;
  most: number;
  /** Whether only whole numbers are meant. */
  whole: boolean;
}

const NUMBER = "(-?\\d[\\d_,]*(?:\\.\\d+)?(?:e-?\\d+)?)";
const BETWEEN = new RegExp(`(?:^|[\\s,;(])${NUMBER} to ${NUMBER}(?=$|[\\s,;.)])`);
const FROM = new RegExp(`(?:^|[\\s,;(])(?:at least|from) ${NUMBER}(?=$|[\\s,;.)])`);

/**
 * The range that the comment behind a parameter states, as in "passes over the images, 1 to 1000" or "customers, at least
 * 300". Where the default is a whole number, so are the others. A range that does not hold the default is none.
 */
export function statedRange(comment: string, value: unknown): StatedRange | undefined {
  if (typeof value !== "number") return undefined;
  const [, low, high] = BETWEEN.exec(comment) ?? FROM.exec(comment) ?? [];
  if (low === undefined) return undefined;
  const [least, most] = [low, high ?? "Infinity"].map((text) => Number(text.replace(/[_,]/g, "")));
  return least <= value && value <= most ? { least, most, whole: Number.isInteger(value) } : undefined;
}

/** Whether a value lies in a range. */
export function isWithin(value: unknown, { least, most, whole }: StatedRange): boolean {
  return typeof value !== "number" || (value >= least && value <= most && (!whole || Number.isInteger(value)));
}

/** A range in words. */
export function rangeInWords({ least, most, whole }: StatedRange): string {
  const kind = whole ? "a whole number" : "a number";
  return most === Infinity ? `${kind} from ${least} on` : `${kind} from ${least} to ${most}`;
}
