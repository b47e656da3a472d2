import { integer, numpyRandom, type Random } from "../../../lib/random";
import { buildCoo } from "../../../lib/recommend/coo";
import { buildCsr, identityCsr } from "../../../lib/recommend/csr";
import { csrFromDense } from "../../../lib/recommend/denseCsr";
import { initialFactors, type Factors } from "../../../lib/recommend/factors";
import { defaultSettings, type Settings } from "../../../lib/recommend/settings";
import type { Task } from "../../../lib/recommend/task";

/** What a made-up task is like. */
export interface TaskOptions {
  users?: number;
  items?: number;
  entries?: number;
  components?: number;
  settings?: Partial<Settings>;
  features?: boolean;
  weights?: boolean;
  freeze?: "items" | "users";
  pool?: boolean;
  block?: number;
  random?: Random;
}

/** Made-up interactions of all kinds, repeated ones and disliked items among them, and new factors. */
export function makeTask({
  users = 40,
  items = 61,
  entries = 700,
  components = 10,
  settings = {},
  features = false,
  weights = false,
  freeze,
  pool = false,
  block,
  random = numpyRandom(5),
}: TaskOptions = {}): Task {
  const draw = (limit: number) => Int32Array.from({ length: entries }, () => integer(random, 0, limit));
  const choose = (values: number[]) => Array.from({ length: entries }, () => values[integer(random, 0, values.length)]);
  const dense = (rows: number, columns: number) =>
    Float32Array.from({ length: rows * columns }, () => (random.uniform() < 0.3 ? random.uniform() : 0));
  const interactions = buildCoo({
    rows: users,
    columns: items,
    rowIndices: draw(users),
    columnIndices: draw(items),
    values: choose([1, 1, 1, 1, 5, 0, -1]),
  });
  const positives = Int32Array.from(interactions.values.keys()).filter((place) => interactions.values[place] > 0);
  const of = (list: Int32Array) => Int32Array.from(positives, (place) => list[place]);
  const chosen = { rows: users, columns: items, rowIndices: of(interactions.rowIndices), columnIndices: of(interactions.columnIndices) }; // prettier-ignore
  const itemFeatures = features ? csrFromDense(dense(items, 13), 13) : identityCsr(items);
  const userFeatures = features ? csrFromDense(dense(users, 9), 9) : identityCsr(users);
  const all = { ...defaultSettings, ...settings };
  const factors = (columns: number) => initialFactors(columns, components, { random, schedule: all.schedule });
  return {
    settings: all,
    items: factors(itemFeatures.columns),
    users: factors(userFeatures.columns),
    itemFeatures,
    userFeatures,
    interactions,
    chosen: buildCsr(buildCoo(chosen)),
    weights: Float32Array.from(weights ? choose([0, 0.25, 1, 2.5]) : new Float32Array(entries).fill(1)),
    pool: pool ? Int32Array.from({ length: 50 }, () => integer(random, 0, items)) : undefined,
    freeze,
    block,
  };
}

/** The largest difference in any array of factors, as a share of the array's largest number. */
export function largestDifference(got: Factors, wanted: Factors): number {
  const names = ["embeddings", "biases", "embeddingGradients", "biasGradients", "embeddingMomentum", "biasMomentum"] as const; // prettier-ignore
  return Math.max(
    ...names.map((name) => {
      const largest = wanted[name].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
      const apart = wanted[name].reduce((most, value, i) => Math.max(most, Math.abs(value - got[name][i])), 0);
      return got[name].every(Number.isFinite) ? apart / largest : Infinity;
    }),
  );
}
