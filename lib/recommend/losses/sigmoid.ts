/** The logistic function, kept in 32 bits. */
export function sigmoid(value: number): number {
  return Math.fround(1 / (1 + Math.exp(-value)));
}
