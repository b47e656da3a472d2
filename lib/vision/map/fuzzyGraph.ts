import type { Neighbours } from "./nearestNeighbours";

/** A graph of weighted edges, each once. */
export interface FuzzyGraph {
  /** Row at the one end of each edge: [edges]. */
  heads: Int32Array;
  /** Row at the other: [edges]. */
  tails: Int32Array;
  /** How strongly they belong together, above 0 and up to 1: [edges]. */
  weights: Float32Array;
  /** Rows in all. */
  rows: number;
}

const ROUNDS = 64;
const SETTLED = 1e-5;
/** Least width of a row's kernel, as a share of its mean distance. */
const LEAST_WIDTH = 1e-3;

/**
 * UMAP's graph of neighbours (McInnes, Healy and Melville, 2018): each row is joined to its neighbours with a weight that
 * falls exponentially beyond the nearest one, at a rate that gives every row about log2(count) neighbours in all. Two
 * weights a and b of the same pair become a + b - ab.
 */
export function fuzzyGraph({ rows, distances, count }: Neighbours): FuzzyGraph {
  const total = rows.length / count;
  const directed = new Map<number, number>(); // row * total + neighbour
  for (let row = 0; row < total; row++) {
    const own = distances.subarray(row * count, (row + 1) * count);
    const weights = memberships(own);
    weights.forEach((weight, place) => directed.set(row * total + rows[row * count + place], weight));
  }
  const edges: [number, number, number][] = [];
  for (const [key, weight] of directed) {
    const [row, other] = [Math.floor(key / total), key % total];
    const back = directed.get(other * total + row);
    if (back === undefined || row < other) edges.push([row, other, weight + (back ?? 0) - weight * (back ?? 0)]);
  }
  return {
    heads: Int32Array.from(edges, ([row]) => row),
    tails: Int32Array.from(edges, ([, other]) => other),
    weights: Float32Array.from(edges, ([, , weight]) => weight),
    rows: total,
  };
}

/** The weights of a row's neighbours; the nearest at a distance has 1. */
function memberships(distances: Float32Array): Float64Array {
  const nearest = distances.find((distance) => distance > 0) ?? 0;
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const width = Math.max(widthOf(distances, nearest), LEAST_WIDTH * mean);
  return Float64Array.from(distances, (distance) => falloff(distance - nearest, width));
}

/** The width at which the weights add up to log2(neighbours), the row itself counted as one; by bisection. */
function widthOf(distances: Float32Array, nearest: number): number {
  const wanted = Math.log2(distances.length + 1);
  let [low, high, width] = [0, Infinity, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const sum = distances.reduce((total, distance) => total + falloff(distance - nearest, width), 0);
    if (Math.abs(sum - wanted) < SETTLED) break;
    if (sum > wanted) high = width;
    else low = width;
    width = high === Infinity ? 2 * width : (low + high) / 2;
  }
  return width;
}

function falloff(beyond: number, width: number): number {
  return beyond <= 0 ? 1 : Math.exp(-beyond / width);
}
