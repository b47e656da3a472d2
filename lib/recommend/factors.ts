import type { Random } from "../random";
import type { Schedule } from "./settings";

/**
 * What is learned about the features of one side (all items or all users). The arrays may be views on shared memory.
 */
export interface Factors {
  readonly features: number;
  readonly components: number;
  /** One vector for each feature, shape [features, components]. */
  readonly embeddings: Float32Array;
  /** One number for each feature, shape [features]. */
  readonly biases: Float32Array;
  /**
   * Adagrad's memory: 1 plus the sum of squared gradients of every number in `embeddings`, same shape. Under Adadelta
   * their fading mean.
   */
  readonly embeddingGradients: Float32Array;
  /** The same for `biases`. */
  readonly biasGradients: Float32Array;
  /** Adadelta's fading mean of squared steps, shape of `embeddings`; empty under Adagrad. */
  readonly embeddingMomentum: Float32Array;
  /** The same for `biases`. */
  readonly biasMomentum: Float32Array;
}

/**
 * Small random embeddings, uniform in [-1, 1) / (2 * components), and zero biases. Default schedule: "adagrad".
 *
 * @internal
 */
export function initialFactors(
  features: number,
  components: number,
  { random, schedule = "adagrad" }: { random: Random; schedule?: Schedule },
): Factors {
  const size = features * components;
  const memory = schedule === "adagrad" ? 1 : 0;
  const momentum = schedule === "adagrad" ? 0 : 1;
  return {
    features,
    components,
    embeddings: smallNumbers(size, components, random),
    biases: new Float32Array(features),
    embeddingGradients: new Float32Array(size).fill(memory),
    biasGradients: new Float32Array(features).fill(memory),
    embeddingMomentum: new Float32Array(size * momentum),
    biasMomentum: new Float32Array(features * momentum),
  };
}

function smallNumbers(size: number, components: number, random: Random): Float32Array {
  const numbers = new Float32Array(size);
  for (let i = 0; i < size; i++) numbers[i] = (random.uniform() - 0.5) / components;
  return numbers;
}

/**
 * A copy that shares nothing with the original.
 *
 * @internal
 */
export function copyFactors(factors: Factors): Factors {
  const { features, components } = factors;
  return { features, components, ...mapArrays((name) => factors[name].slice()) };
}

/**
 * Takes over the numbers of factors of the same size, in place.
 *
 * @internal
 */
export function restoreFactors(factors: Factors, kept: Factors): void {
  for (const name of arrays) factors[name].set(kept[name]);
}

/**
 * The factors with more features behind the known ones, as `initialFactors` makes them; the known ones are copied.
 *
 * @internal
 */
export function growFactors(
  factors: Factors,
  features: number,
  options: { random: Random; schedule: Schedule },
): Factors {
  const added = initialFactors(features - factors.features, factors.components, options);
  return { features, components: factors.components, ...mapArrays((name) => join(factors[name], added[name])) };
}

/**
 * "embeddings" or "biases" where they hold a number that is not finite, nothing when all is well.
 *
 * @internal
 */
export function findInfinite({ embeddings, biases }: Factors): "embeddings" | "biases" | undefined {
  if (!Number.isFinite(sum(embeddings))) return "embeddings";
  return Number.isFinite(sum(biases)) ? undefined : "biases";
}

/**
 * What `findInfinite` has found in the items and in the users, by one name; nothing when all is well.
 *
 * @internal
 */
export function nameInfinite(items: string | undefined, users: string | undefined): string | undefined {
  return items ? `item ${items}` : users && `user ${users}`;
}

const arrays = [
  "embeddings",
  "biases",
  "embeddingGradients",
  "biasGradients",
  "embeddingMomentum",
  "biasMomentum",
] as const;

type Arrays = Record<(typeof arrays)[number], Float32Array>;

function mapArrays(make: (name: keyof Arrays) => Float32Array): Arrays {
  return Object.fromEntries(arrays.map((name) => [name, make(name)])) as Arrays;
}

function join(first: Float32Array, second: Float32Array): Float32Array {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function sum(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
