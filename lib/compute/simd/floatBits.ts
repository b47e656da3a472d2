const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);

/** The bits of a float32, as the parameters of a compiled task carry it. */
export function floatBits(value: number): number {
  number[0] = value;
  return bits[0];
}
