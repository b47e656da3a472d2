import { extent } from "./extent";

/** Where values stand on an axis, from 0 to 1. */
export interface AxisPlaces {
  /** A place for each value. */
  positions: number[];
  ticks: { at: number; text: string }[];
}

const MOST_EVEN = 6; // different numbers that stand at equal distances
const LONGEST = 16; // characters of a tick

/**
 * Places values on an axis: words, and numbers of at most six values, at equal distances; other numbers where they are, or by
 * their logarithm where they cross two powers of ten and most are near the least. A score's numbers always stand where they are.
 */
export function axisPlaces({
  values,
  isScore = false,
}: {
  values: readonly (number | string)[];
  isScore?: boolean;
}): AxisPlaces {
  const numbers = values.filter((value): value is number => typeof value === "number");
  const different = [...new Set(values)];
  const isNumeric = numbers.length === values.length;
  if (!isNumeric || (!isScore && different.length <= MOST_EVEN)) return evenPlaces(values, different, isNumeric);
  const [least, most] = extent(numbers);
  const scale = !isScore && isWide(numbers, least, most) ? Math.log : Number;
  const place = (value: number) => (most > least ? (scale(value) - scale(least)) / (scale(most) - scale(least)) : 0.5);
  const ends = most > least ? [least, most] : [least];
  return { positions: numbers.map(place), ticks: ends.map((value) => ({ at: place(value), text: shortText(value) })) };
}

/** Whether numbers cross two powers of ten, most of them near the least. */
function isWide(numbers: readonly number[], least: number, most: number): boolean {
  const middle = [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
  return least > 0 && most / least >= 100 && middle - least < (most - least) / 5;
}

function evenPlaces(
  values: readonly (number | string)[],
  different: (number | string)[],
  isNumeric: boolean,
): AxisPlaces {
  const ordered = isNumeric ? different.sort((a, b) => Number(a) - Number(b)) : different;
  const place = (value: number | string) => (ordered.length > 1 ? ordered.indexOf(value) / (ordered.length - 1) : 0.5);
  return {
    positions: values.map(place),
    ticks: ordered.map((value) => ({ at: place(value), text: shortText(value) })),
  };
}

function shortText(value: number | string): string {
  const text = typeof value === "number" ? String(Number(value.toPrecision(4))) : value;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
