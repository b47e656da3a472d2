import { buildCsr, type Csr } from "./csr";
import type { SparseRow } from "./sparseRow";
import { columnOfFeature, featureCount, rowOfId, type Dataset, type DatasetSide, type Id } from "./dataset";

/** Feature names, each weighing 1, or names with weights. */
export type FeatureBag = readonly Id[] | ReadonlyMap<Id, number> | Readonly<Record<string, number>>;

/** Options of `buildItemFeatures` and `buildUserFeatures`. */
export interface FeatureOptions {
  /** Divide each row by the sum of its absolute values, own feature included. Default true. */
  normalize?: boolean;
}

/**
 * The matrix of item features, shape [items, item features]: for every item its own feature with weight 1 (unless the
 * data set was built without) and the features named in its rows. What is named twice adds up.
 *
 * @param rows - pairs of item id and features; items may be missing
 * @throws RangeError for an unknown id or feature, a weight that is not finite, or, when normalising, an item without
 * any feature; TypeError for a row of another form
 */
export function buildItemFeatures(
  dataset: Dataset,
  rows: Iterable<readonly [Id, FeatureBag]>,
  options?: FeatureOptions,
): Csr {
  return buildFeatures(dataset.items, rows, options);
}

/** The matrix of user features, shape [users, user features]; see `buildItemFeatures`. */
export function buildUserFeatures(
  dataset: Dataset,
  rows: Iterable<readonly [Id, FeatureBag]>,
  options?: FeatureOptions,
): Csr {
  return buildFeatures(dataset.users, rows, options);
}

/**
 * The features of an item that is not in the data set, for `coldItem`.
 *
 * @param options - settings by name
 * @param options.normalize - divide the weights by the sum of their absolute values; default true
 * @throws as `buildItemFeatures`
 */
export function itemFeatureRow(dataset: Dataset, bag: FeatureBag, options?: FeatureOptions): SparseRow {
  return featureRow(dataset.items, bag, options);
}

/** The features of a user who is not in the data set, for `coldUser`; see `itemFeatureRow`. */
export function userFeatureRow(dataset: Dataset, bag: FeatureBag, options?: FeatureOptions): SparseRow {
  return featureRow(dataset.users, bag, options);
}

function featureRow(side: DatasetSide, bag: FeatureBag, { normalize = true }: FeatureOptions = {}): SparseRow {
  const entries = weightedColumns(side, `a new ${side.kind}`, bag);
  const total = normalize ? entries.reduce((sum, [, weight]) => sum + Math.abs(weight), 0) : 1;
  if (total === 0)
    throw new RangeError(
      `${side.kind}FeatureRow(): no feature to normalise; name one at least, or pass { normalize: false }`,
    );
  return { indices: entries.map(([column]) => column), values: entries.map(([, weight]) => weight / total) };
}

function buildFeatures(
  side: DatasetSide,
  rows: Iterable<readonly [Id, FeatureBag]>,
  { normalize = true }: FeatureOptions = {},
): Csr {
  const rowIndices = side.ownColumns.map((_, row) => row);
  const columnIndices = [...side.ownColumns];
  const values: number[] = side.ownColumns.map(() => 1);
  for (const [id, bag] of rows) {
    const row = rowOfId(side, id);
    for (const [column, weight] of weightedColumns(side, `${side.kind} ${JSON.stringify(id)}`, bag)) {
      rowIndices.push(row);
      columnIndices.push(column);
      values.push(weight);
    }
  }
  const matrix = buildCsr({
    rows: side.ids.length,
    columns: featureCount(side),
    rowIndices: Int32Array.from(rowIndices),
    columnIndices: Int32Array.from(columnIndices),
    values: Float32Array.from(values),
  });
  if (normalize) normalizeRows(matrix, side);
  return matrix;
}

/** Column and weight of each feature of `whom`, as in `item "coat"`. */
function weightedColumns(side: DatasetSide, whom: string, bag: FeatureBag): [number, number][] {
  if (typeof bag !== "object" || bag === null)
    throw new TypeError(
      `features of ${whom} are ${JSON.stringify(bag)}; wanted a list of names, or names with weights, as in { warm: 0.5 }`,
    );
  if (Array.isArray(bag)) return bag.map((name: Id) => [columnOfFeature(side, name), 1]);
  const weights: [Id, number][] =
    bag instanceof Map ? [...bag] : Object.entries(bag).map(([key, weight]) => [keyToName(side, key), weight]);
  return weights.map(([name, weight]) => {
    if (!Number.isFinite(Math.fround(weight)))
      throw new RangeError(
        `features of ${whom}: ${JSON.stringify(name)} weighs ${weight}; wanted a finite number; drop or replace it`,
      );
    return [columnOfFeature(side, name), weight];
  });
}

/** An object's keys are strings, also where the feature was registered as a number. */
function keyToName(side: DatasetSide, key: string): Id {
  return !side.columnOf.has(key) && side.columnOf.has(Number(key)) ? Number(key) : key;
}

function normalizeRows({ rows, offsets, values }: Csr, side: DatasetSide): void {
  for (let row = 0; row < rows; row++) {
    const rowValues = values.subarray(offsets[row], offsets[row + 1]);
    const total = rowValues.reduce((sum, value) => sum + Math.abs(value), 0);
    if (total === 0)
      throw new RangeError(
        `${side.kind} ${JSON.stringify(side.ids[row])} has no feature to normalise; give it one, or pass { normalize: false }`,
      );
    rowValues.forEach((value, place) => (rowValues[place] = value / total));
  }
}
