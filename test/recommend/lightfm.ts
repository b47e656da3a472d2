import { readFileSync } from "node:fs";
import path from "node:path";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { fitPartial } from "../../lib/recommend/fit";
import { buildRecommender, type Recommender, type RecommenderOptions } from "../../lib/recommend/model";

/** What LightFM itself made of a small set of interactions; the file says how. */
export const lightfm: LightfmFixture = JSON.parse(
  readFileSync(path.join(__dirname, "..", "fixtures", "recommend", "lightfm.json"), "utf8"),
);

export interface LightfmCase {
  name: string;
  itemFeatures: boolean;
  userFeatures: boolean;
  sampleWeight: boolean;
  options: RecommenderOptions;
  /** By number of epochs. */
  epochs: Record<string, Record<string, number[]>>;
  scoresOfUser3: number[];
  ranks: number[];
  precisionAt3: number[];
  recallAt3: number[];
  auc: number[];
  reciprocalRank: number[];
}

interface LightfmCsr {
  offsets: number[];
  indices: number[];
  values: number[];
  shape: [number, number];
}

interface LightfmFixture {
  users: number;
  items: number;
  seed: number;
  components: number;
  rowIndices: number[];
  columnIndices: number[];
  values: number[];
  weights: number[];
  itemFeatures: number[];
  userFeatures: number[];
  test: { rowIndices: number[]; columnIndices: number[] };
  cases: LightfmCase[];
  split: { seed: number; train: number[][]; test: number[][] };
  dataset: { normalized: LightfmCsr; raw: LightfmCsr };
}

export function lightfmCase(name: string): LightfmCase {
  const found = lightfm.cases.find((given) => given.name === name);
  if (!found) throw new RangeError(`the fixture has no case "${name}"`);
  return found;
}

/** The fixture's interactions, some of them repeated, zero or negative. */
export function lightfmInteractions(values: number[] = lightfm.values): Coo {
  const { users, items, rowIndices, columnIndices } = lightfm;
  return buildCoo({ rows: users, columns: items, rowIndices, columnIndices, values });
}

/** The interactions held out of the fixture's metrics. */
export function lightfmTest(): Coo {
  return buildCoo({ rows: lightfm.users, columns: lightfm.items, ...lightfm.test });
}

export function lightfmOptions(given: LightfmCase): { itemFeatures?: Csr; userFeatures?: Csr; sampleWeight?: Coo } {
  const { users, items, itemFeatures, userFeatures } = lightfm;
  return {
    itemFeatures: given.itemFeatures
      ? csrFromDense(Float32Array.from(itemFeatures), itemFeatures.length / items)
      : undefined,
    userFeatures: given.userFeatures
      ? csrFromDense(Float32Array.from(userFeatures), userFeatures.length / users)
      : undefined,
    sampleWeight: given.sampleWeight ? lightfmInteractions(lightfm.weights) : undefined,
  };
}

/** Our model after the same epochs on the same data from the same seed. */
export async function trainedLike(given: LightfmCase, epochs: number): Promise<Recommender> {
  const { components, seed } = lightfm;
  const model = buildRecommender({ components, seed, compat: "lightfm", ...given.options });
  await fitPartial(model, lightfmInteractions(), { ...lightfmOptions(given), epochs });
  return model;
}

/** The largest difference between two blocks of numbers, as a share of the largest number wanted. */
export function largestDifference(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Infinity;
  let difference = 0;
  let magnitude = 0;
  for (let i = 0; i < wanted.length; i++) {
    difference = Math.max(difference, Math.abs(got[i] - wanted[i]));
    magnitude = Math.max(magnitude, Math.abs(wanted[i]));
  }
  return difference / magnitude;
}
