import { trainTestSplit } from "../split";
import { takeRows } from "../takeRows";

/** Data of one's own: what a net is given, and what it shall answer. */
export interface OwnSet {
  /** The inputs, one example after the other. `tf.tensor(x, shape)` makes a tensor of them. */
  x: Float32Array | Uint8Array;
  /** [examples, …], the shape of `x`. */
  shape: number[];
  /** [examples] the number of each example's class, or the number to be foretold. */
  y: Int32Array | Float32Array;
  /** The name of each class; none where numbers are foretold. */
  classNames?: string[];
}

/**
 * Shuffles the examples and sets a share of them aside, index for index as scikit-learn's `train_test_split` does.
 *
 * @param options - settings by name
 * @param options.testShare - between 0 and 1, default 0.2
 * @param options.seed - from 0 to 2^32 - 1, default 42
 * @throws RangeError when a part would be empty
 */
export function splitSet<Set extends OwnSet>(set: Set, { testShare = 0.2, seed = 42 } = {}): { train: Set; test: Set } {
  const { train, test } = trainTestSplit(set.y.length, { testSize: testShare, randomState: seed });
  return { train: takeExamples(set, train), test: takeExamples(set, test) };
}

/** The chosen examples in the order of their indices, as a set of its own. */
export function takeExamples<Set extends OwnSet>(set: Set, indices: Int32Array): Set {
  const [, ...rest] = set.shape;
  const width = rest.reduce((product, size) => product * size, 1);
  const x = set.x instanceof Uint8Array ? takeRows(set.x, width, indices) : takeRows(set.x, width, indices);
  const y = set.y.slice(0, indices.length); // of the same kind
  indices.forEach((row, place) => (y[place] = set.y[row]));
  return { ...set, x, y, shape: [indices.length, ...rest] };
}
