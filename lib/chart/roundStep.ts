/**
 * The least of 1, 2 and 5 times a power of ten that is no less than a step: where ticks stand at round numbers.
 *
 * @internal
 */
export function roundStep(step: number): number {
  const size = 10 ** Math.floor(Math.log10(step));
  const times = [1, 2, 5, 10].find((factor) => factor * size >= step * (1 - 1e-9)) ?? 10;
  return Number((times * size).toPrecision(6));
}
