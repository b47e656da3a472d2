import type { OwnSet } from "./ownSet";

/**
 * Scales each feature so that it has mean 0 and standard deviation 1 in the training set; a feature that is the same
 * everywhere becomes 0. The other sets are scaled by the same numbers: what they hold must not be known in training.
 *
 * @param train - the set whose mean and deviation count
 * @param others - sets with the same features
 * @returns the sets in this order, as copies
 * @throws TypeError for sets with other features
 */
export function standardize<Set extends OwnSet>(train: Set, ...others: Set[]): Set[] {
  const width = train.shape[1];
  const sets = [train, ...others];
  for (const { shape } of sets)
    if (shape.length !== 2 || shape[1] !== width)
      throw new TypeError(
        `standardize(): got a set of shape [${shape}], wanted [rows, ${width}] as in train; give tables of the same features`,
      );
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  train.x.forEach((value, i) => (means[i % width] += value / train.shape[0]));
  train.x.forEach((value, i) => (squares[i % width] += (value - means[i % width]) ** 2 / train.shape[0]));
  const scale = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 0));
  const scaled = (x: OwnSet["x"]) => Float32Array.from(x, (value, i) => (value - means[i % width]) * scale[i % width]);
  return sets.map((set) => ({ ...set, x: scaled(set.x) }));
}
