import { integer, seededRandom, type Random } from "../../random";
import { tabulate } from "./forceTable";
import { fuzzyGraph, type FuzzyGraph } from "./fuzzyGraph";
import type { Neighbours } from "./nearestNeighbours";

/** Options of `umap`. */
export interface UmapOptions {
  /** Passes over the graph, default 200. */
  epochs?: number;
  /** Where the points start, [rows, 2], for instance from `principalComponents`; default random places. */
  start?: ArrayLike<number>;
  /** Seeds the random places and the choice of points that are pushed away. Default 42. */
  seed?: number;
}

/** The curve 1 / (1 + a d^2b) that umap-learn fits for `min_dist=0.1`, `spread=1`. */
const A = 1.5769434602697652;
const B = 0.8950608778515733;
/** Points that are pushed away for each that is pulled near. */
const PUSHED = 5;
/** A step's greatest length along an axis, before it is shortened by the rate. */
const MOST = 4;
/** Side of the square in which the points start. */
const SIDE = 10;
/** Points to push away that are drawn once; each epoch begins at another of them. */
const DRAWN = 1 << 20;

const attraction = tabulate((squared) => (-2 * A * B * squared ** B) / (squared * (1 + A * squared ** B)));
const repulsion = tabulate((squared) => (2 * B) / ((0.001 + squared) * (1 + A * squared ** B)));

/**
 * A map in the plane that keeps neighbours together: UMAP (McInnes, Healy and Melville, 2018). Joined points are pulled
 * together and random others pushed away, each pair as often as the weight of its edge says, in steps that become
 * shorter. The same seed gives the same map. Distances between groups, and the axes, mean little.
 *
 * @param neighbours - of every row, as `nearestNeighbours` finds them; 14 are umap-learn's `n_neighbors=15`
 * @returns places [rows, 2]
 * @throws TypeError when `start` has not two numbers for each row, RangeError for epochs below 1
 */
export async function umap(neighbours: Neighbours, options: UmapOptions = {}): Promise<Float32Array> {
  const { epochs = 200, seed = 42 } = options;
  if (!Number.isInteger(epochs) || epochs < 1)
    throw new RangeError(`umap(): epochs is ${epochs}; it must be a whole number from 1`);
  const random = seededRandom(seed);
  const graph = fuzzyGraph(neighbours);
  const points = startOf(graph.rows, options.start, random);
  const far = Int32Array.from({ length: DRAWN }, () => 2 * integer(random, 0, graph.rows));
  const due = graph.weights.map((weight) => 1 / weight);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs;
    visitEdges(points, graph, { epoch, due, far, first: random.uint32(), rate });
    await new Promise(setImmediate); // lets an interrupt through
  }
  return Float32Array.from(points);
}

/** What an epoch needs beside the points and their graph. */
interface Visit {
  epoch: number;
  /** The epoch in which each edge is visited next. */
  due: Float32Array;
  /** Where in `points` the points to push away lie, and which of them comes first. */
  far: Int32Array;
  first: number;
  rate: number;
}

function visitEdges(points: Float64Array, { heads, tails, weights }: FuzzyGraph, visit: Visit): void {
  const { epoch, due, far, first, rate } = visit;
  let next = first;
  for (let edge = 0; edge < heads.length; edge++) {
    if (due[edge] > epoch) continue;
    due[edge] += 1 / weights[edge];
    const [head, tail] = [2 * heads[edge], 2 * tails[edge]];
    pull(points, head, tail, rate);
    for (let k = 0; k < PUSHED; k++) push(points, head, far[next++ % DRAWN], rate);
    pull(points, tail, head, rate);
    for (let k = 0; k < PUSHED; k++) push(points, tail, far[next++ % DRAWN], rate);
  }
}

/** Moves both points of an edge towards each other. */
function pull(points: Float64Array, one: number, other: number, rate: number): void {
  const dx = points[one] - points[other];
  const dy = points[one + 1] - points[other + 1];
  const force = attraction(dx * dx + dy * dy);
  const x = rate * clipped(force * dx);
  const y = rate * clipped(force * dy);
  points[one] += x;
  points[one + 1] += y;
  points[other] -= x;
  points[other + 1] -= y;
}

/** Moves one point away from another, which stays. */
function push(points: Float64Array, one: number, other: number, rate: number): void {
  const dx = points[one] - points[other];
  const dy = points[one + 1] - points[other + 1];
  const force = repulsion(dx * dx + dy * dy);
  points[one] += rate * clipped(force * dx);
  points[one + 1] += rate * clipped(force * dy);
}

function clipped(step: number): number {
  return step > MOST ? MOST : step < -MOST ? -MOST : step;
}

/** The given places in a square of side 10, or random ones. */
function startOf(rows: number, start: ArrayLike<number> | undefined, random: Random): Float64Array {
  if (!start) return Float64Array.from({ length: 2 * rows }, () => SIDE * random.uniform());
  if (start.length !== 2 * rows)
    throw new TypeError(`umap(): start has ${start.length} numbers for ${rows} rows; give two for each row`);
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let at = 0; at < start.length; at++) {
    least[at % 2] = Math.min(least[at % 2], start[at]);
    most[at % 2] = Math.max(most[at % 2], start[at]);
  }
  return Float64Array.from(
    start,
    (value, at) => (SIDE * (value - least[at % 2])) / (most[at % 2] - least[at % 2] || 1),
  );
}
