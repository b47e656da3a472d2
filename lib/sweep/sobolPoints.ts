import type { Random } from "../random";

/** Parameters that a Sobol sample takes at most. */
export const MOST_DIMENSIONS = 21;

/**
 * The first points of Sobol's sequence (1967), with the direction numbers of Joe and Kuo (2008, new-joe-kuo-6.21201). They
 * fill the cube more evenly than random points do, best where their number is a power of two.
 *
 * @param dimensions - from 1 to 21
 * @param random - moves all points by the same random bits in each dimension (digital shift, L'Ecuyer and Lemieux 2002);
 * without it the first point is 0
 * @returns numbers from 0 to below 1: [points][dimensions]
 * @throws RangeError for more dimensions
 */
export function sobolPoints(count: number, dimensions: number, random?: Random): number[][] {
  if (dimensions > MOST_DIMENSIONS)
    throw new RangeError(
      `A Sobol sample of ${dimensions} parameters was asked for; it takes at most ${MOST_DIMENSIONS}: give others one value, or take --sample random`,
    );
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
  const state = directions.map(() => (random ? random.uint32() : 0));
  return Array.from({ length: count }, (_, point) => {
    const bit = point === 0 ? -1 : trailingOnes(point - 1);
    if (bit >= 0)
      directions.forEach((numbers, dimension) => (state[dimension] = (state[dimension] ^ numbers[bit]) >>> 0));
    return state.map((bits) => bits / 2 ** BITS);
  });
}

const BITS = 32;

/** Each dimension after the first: the degree and the inner coefficients of its polynomial, then its first numbers. */
const JOE_KUO: [degree: number, coefficients: number, first: number[]][] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

function directionNumbers(dimension: number): number[] {
  if (dimension === 0) return Array.from({ length: BITS }, (_, bit) => 2 ** (BITS - 1 - bit));
  const [degree, coefficients, first] = JOE_KUO[dimension - 1];
  const numbers = first.map((number, bit) => number * 2 ** (BITS - 1 - bit));
  for (let bit = degree; bit < BITS; bit++) {
    let number = numbers[bit - degree] ^ (numbers[bit - degree] >>> degree);
    for (let term = 1; term < degree; term++)
      if ((coefficients >> (degree - 1 - term)) & 1) number ^= numbers[bit - term];
    numbers.push(number >>> 0);
  }
  return numbers;
}

/** In Gray code's order the next point differs by one direction: that of the lowest bit that is 0. */
function trailingOnes(value: number): number {
  return 31 - Math.clz32(~value & (value + 1));
}
