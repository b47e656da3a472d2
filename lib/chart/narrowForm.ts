import type { Figure } from "./figure";

/** Where there is less room than so many pixels, a figure takes its narrow form. */
export const NARROW_BELOW = 560;

/** The form of a figure for so many pixels; see `adaptive`. */
export function formFor(figure: Figure, room: number): Figure {
  const narrow = figure.layout.meta?.narrow;
  return narrow && room < NARROW_BELOW ? laidOver(figure, narrow) : figure;
}

/** What of a value is other than in another one, to be laid over it by `laidOver`; null for what is not there. */
export type Difference = unknown;

/**
 * What has to change in `from` to make it `to`; undefined where nothing has. Parts of objects, and of lists of the same
 * length, are named by their keys; everything else is given whole.
 */
export function difference(from: unknown, to: unknown): Difference {
  if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
  if (!isNested(from) || !isNested(to) || isList(from) !== isList(to)) return to ?? null;
  if (isList(from) && (from.length !== (to as unknown as unknown[]).length || !from.every(isNested))) return to;
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const part = difference(from[key], to[key]);
      return part === undefined ? [] : [[key, part]];
    }),
  );
}

/** A value with a difference laid over it; neither of both is changed. */
export function laidOver<T>(base: T, change: Difference): T {
  if (change === undefined) return base;
  if (!isNested(change) || isList(change) || !isNested(base)) return change as T;
  const whole = (isList(base) ? [...base] : { ...base }) as Record<string, unknown>;
  for (const [key, part] of Object.entries(change)) whole[key] = laidOver(whole[key], part);
  return whole as T;
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isList(value: unknown): value is unknown[] & Record<string, unknown> {
  return Array.isArray(value);
}
