import { extent } from "./extent";

/** From the least to the largest value with some air, also where there is one value or none. */
export function airyRange(values: number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = extent(finite);
  const air = 0.06 * (high - low || Math.abs(high) || 1);
  return [low - air, high + air];
}
