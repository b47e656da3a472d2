/** What the caller names users, items and features by. 5 and "5" are two names. */
export type Id = string | number;

/** The users or the items of a data set, and the features that describe them. */
export interface DatasetSide {
  readonly kind: "user" | "item";
  /** The id of each row, in the order in which they came. */
  readonly ids: Id[];
  /** The row of each id. */
  readonly rowOf: Map<Id, number>;
  /** Whether every id is also a feature of its own. */
  readonly identity: boolean;
  /** The column of each row's own feature; empty without `identity`. */
  readonly ownColumns: number[];
  /** The column of each named feature; the names never mix with the ids. */
  readonly columnOf: Map<Id, number>;
}

/** Maps between the caller's ids and the rows and columns of the matrices a model learns from. */
export interface Dataset {
  readonly users: DatasetSide;
  readonly items: DatasetSide;
}

/** Ids and feature names to register; what is known already keeps its place. */
export interface DatasetIds {
  users?: Iterable<Id>;
  items?: Iterable<Id>;
  userFeatures?: Iterable<Id>;
  itemFeatures?: Iterable<Id>;
}

/** Options of `buildDataset`. */
export interface DatasetOptions extends DatasetIds {
  /** Every user is a feature of its own. Default true. */
  userIdentity?: boolean;
  /** Every item is a feature of its own. Default true. */
  itemIdentity?: boolean;
}

/**
 * A data set that knows these users, items and features. Rows and columns are numbered in the order in which names
 * come, and an id's own feature takes the next free column when the id comes.
 *
 * @throws TypeError for a name that is neither a string nor a finite number
 */
export function buildDataset({ userIdentity = true, itemIdentity = true, ...ids }: DatasetOptions = {}): Dataset {
  const empty = { users: buildSide("user", userIdentity), items: buildSide("item", itemIdentity) };
  return register(empty, ids, "buildDataset()");
}

/**
 * Registers more users, items and features in the same data set, and returns it. All names are checked first.
 *
 * @throws as `buildDataset`
 */
export function extendDataset(dataset: Dataset, ids: DatasetIds): Dataset {
  return register(dataset, ids, "extendDataset()");
}

function register(dataset: Dataset, ids: DatasetIds, call: string): Dataset {
  const [users, items, userFeatures, itemFeatures] = [
    checkedIds(ids.users, `${call}: user`),
    checkedIds(ids.items, `${call}: item`),
    checkedIds(ids.userFeatures, `${call}: user feature`),
    checkedIds(ids.itemFeatures, `${call}: item feature`),
  ];
  addIds(dataset.users, users);
  addIds(dataset.items, items);
  addFeatures(dataset.users, userFeatures);
  addFeatures(dataset.items, itemFeatures);
  return dataset;
}

/** How many of each there are. */
export function datasetShape({ users, items }: Dataset) {
  return {
    users: users.ids.length,
    items: items.ids.length,
    userFeatures: featureCount(users),
    itemFeatures: featureCount(items),
  };
}

/** Columns of a side's feature matrix. */
export function featureCount(side: DatasetSide): number {
  return side.ownColumns.length + side.columnOf.size;
}

/** The name of each column of a side's feature matrix: an id for an id's own feature. */
export function featureNames(side: DatasetSide): Id[] {
  const names: Id[] = new Array(featureCount(side));
  side.ownColumns.forEach((column, row) => (names[column] = side.ids[row]));
  for (const [name, column] of side.columnOf) names[column] = name;
  return names;
}

/**
 * The row of an id; throws a RangeError that tells what is known.
 *
 * @internal
 */
export function rowOfId(side: DatasetSide, id: Id): number {
  const row = side.rowOf.get(id);
  if (row === undefined) throw new RangeError(unknown(side.kind, id, side.ids));
  return row;
}

/**
 * The column of a named feature; throws a RangeError that tells what is known.
 *
 * @internal
 */
export function columnOfFeature(side: DatasetSide, name: Id): number {
  const column = side.columnOf.get(name);
  if (column === undefined) throw new RangeError(unknown(`${side.kind} feature`, name, [...side.columnOf.keys()]));
  return column;
}

function buildSide(kind: "user" | "item", identity: boolean): DatasetSide {
  return { kind, ids: [], rowOf: new Map(), identity, ownColumns: [], columnOf: new Map() };
}

function checkedIds(ids: Iterable<Id> = [], kind: string): Id[] {
  if (typeof ids === "string")
    throw new TypeError(`${kind}s are the string "${ids}"; wanted a list of ids, as in ["${ids}"]`);
  const list = [...ids];
  const wrong = list.findIndex((id) => typeof id !== "string" && !Number.isFinite(id));
  if (wrong >= 0)
    throw new TypeError(`${kind} ${wrong} is ${String(list[wrong])}; wanted a string or a finite number for a name`);
  return list;
}

function addIds(side: DatasetSide, ids: Id[]): void {
  for (const id of ids) {
    if (side.rowOf.has(id)) continue;
    if (side.identity) side.ownColumns.push(featureCount(side));
    side.rowOf.set(id, side.ids.length);
    side.ids.push(id);
  }
}

function addFeatures(side: DatasetSide, names: Id[]): void {
  for (const name of names) if (!side.columnOf.has(name)) side.columnOf.set(name, featureCount(side));
}

function unknown(kind: string, id: Id, known: Id[]): string {
  const cure = `register it with extendDataset(dataset, { ${camelCase(kind)}s: [${JSON.stringify(id)}] })`;
  if (known.length === 0) return `${kind} ${JSON.stringify(id)} is unknown, as no ${kind} is registered; ${cure}`;
  const examples = known.slice(0, EXAMPLES).map((name) => JSON.stringify(name));
  return `${kind} ${JSON.stringify(id)} is unknown; the data set knows ${known.length} ${kind}s, such as ${examples.join(", ")}; use one of them, or ${cure}`;
}

/** Names shown in an error. */
const EXAMPLES = 3;

function camelCase(words: string): string {
  return words.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
}
