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

/**
 * The chosen examples in the order of their indices, as a set of its own. An index may come twice, as in a bootstrap.
 *
 * @throws RangeError when an index is not that of an example, or the set's parts do not go together
 */
export function takeExamples<Set extends OwnSet>(set: Set, indices: Int32Array): Set {
  const wrong = indices.find((row) => !(row >= 0 && row < set.y.length));
  if (wrong !== undefined)
    throw new RangeError(`takeExamples(): there is no example ${wrong}; they run from 0 to ${set.y.length - 1}`);
  const [count, ...rest] = set.shape;
  const width = rest.reduce((product, size) => product * size, 1);
  if (count !== set.y.length || set.x.length !== count * width)
    throw new RangeError(
      `takeExamples(): x has ${set.x.length} values and y ${set.y.length}; shape [${set.shape.join(", ")}] wants ${count * width} and ${count}`,
    );
  const x = set.x instanceof Uint8Array ? takeRows(set.x, width, indices) : takeRows(set.x, width, indices);
  const y = set.y instanceof Int32Array ? new Int32Array(indices.length) : new Float32Array(indices.length);
  indices.forEach((row, place) => (y[place] = set.y[row]));
  return { ...set, x, y, shape: [indices.length, ...rest] };
}
