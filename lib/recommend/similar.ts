import { learnedBy, type Recommender } from "./model";
import { checkKnown } from "./predict";
import type { Representations } from "./representation";
import { representationsOf } from "./representations";
import { checkPositiveInteger } from "./settings";
import { topItems } from "./topItems";

/** Rows of the most similar users or items, and the cosines of their vectors with the one asked for, -1 to 1. */
export interface Similar {
  readonly rows: Int32Array;
  readonly scores: Float32Array;
}

/**
 * The items whose vectors point most nearly the same way, most similar first; biases take no part.
 *
 * @param item - column of the item, which is itself left out, or the vector of a new one as `coldItem` makes it
 * @param options - settings by name
 * @param options.count - default 10
 * @throws RangeError when the model has not been fitted or does not know the item, and for a `count` that is no integer
 * of 1 or more; TypeError for a vector of another length
 */
export function similarItems(
  model: Recommender,
  item: number | Float32Array,
  { count = 10 }: { count?: number } = {},
): Similar {
  return nearest(representationsOf(learnedBy(model)).items, item, { count, kind: "item" });
}

/**
 * The users of most similar taste; see `similarItems`. A vector is that of `foldInUser` or `coldUser`.
 *
 * @throws as `similarItems`
 */
export function similarUsers(
  model: Recommender,
  user: number | Float32Array,
  { count = 10 }: { count?: number } = {},
): Similar {
  return nearest(representationsOf(learnedBy(model)).users, user, { count, kind: "user" });
}

function nearest(
  { rows, components, values }: Representations,
  asked: number | Float32Array,
  { count, kind }: { count: number; kind: "item" | "user" },
): Similar {
  const call = kind === "item" ? "similarItems()" : "similarUsers()";
  checkPositiveInteger(count, `${call}: count`);
  if (typeof asked === "number") checkKnown([asked], rows, kind, call);
  else if (asked.length !== components + 1)
    throw new TypeError(`${call}: the vector has ${asked.length} numbers, wanted ${components + 1}`);
  const [vector, start] = typeof asked === "number" ? [values, asked * (components + 1)] : [asked, 0];
  const cosines = Float32Array.from({ length: rows }, (_, row) =>
    cosine(vector.subarray(start, start + components), values.subarray(row * (components + 1))),
  );
  const excluded = new Uint8Array(rows);
  if (typeof asked === "number") excluded[asked] = 1;
  const best = topItems(cosines, count, excluded);
  return { rows: best.items, scores: best.scores };
}

/** Over the length of the first; 0 where either is all zeros. */
function cosine(first: Float32Array, second: Float32Array): number {
  let [product, squares, otherSquares] = [0, 0, 0];
  for (let j = 0; j < first.length; j++) {
    product += first[j] * second[j];
    squares += first[j] ** 2;
    otherSquares += second[j] ** 2;
  }
  return squares === 0 || otherSquares === 0 ? 0 : product / Math.sqrt(squares * otherSquares);
}
