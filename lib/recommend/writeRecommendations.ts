import type { Dataset } from "./dataset";
import { openDraft } from "./draftFile";
import { learnedBy, type Recommender } from "./model";
import { nextTurn } from "./nextTurn";
import { recommendBatch } from "./recommend";
import { checkPositiveInteger } from "./settings";

/** Options of `writeRecommendations`. */
export interface ShardOptions {
  /** Which part of the users, 1 to `shards`. Default 1. */
  shard?: number;
  /** How many parts there are. Default 1. */
  shards?: number;
  /** Items of each user. Default 10. */
  count?: number;
  /** Knows the names; without one, users and items are numbers. */
  dataset?: Dataset;
}

/** Users between two turns of timers, signals and output. */
const PIECE = 2048;

/**
 * Writes the best items of one part of the users as CSV: a line for each user, first the user, then the items, best first
 * and without those the user has already. Parts are stretches of users, of the same size but for one user: together they
 * have each user once, and no process needs to know of the others. Whoever reads the file meanwhile, or a crash, meets
 * all of the old content or all of the new one.
 *
 * @returns how many users were written
 * @throws RangeError for a part that there is not, and as `recommendBatch`; what the file system throws
 */
export async function writeRecommendations(
  path: string,
  model: Recommender,
  { shard = 1, shards = 1, count = 10, dataset }: ShardOptions = {},
): Promise<number> {
  checkPositiveInteger(shards, "writeRecommendations(): shards");
  checkPositiveInteger(shard, "writeRecommendations(): shard");
  if (shard > shards)
    throw new RangeError(`writeRecommendations(): shard ${shard} is not one of ${shards}; they are counted from 1`);
  const { rows } = learnedBy(model).userFeatures;
  const [from, to] = [shard - 1, shard].map((parts) => Math.floor((rows * parts) / shards));
  const draft = openDraft(path);
  const encoder = new TextEncoder();
  try {
    for (let first = from; first < to; first += PIECE) {
      const users = Int32Array.from({ length: Math.min(PIECE, to - first) }, (_, i) => first + i);
      draft.write(encoder.encode(toLines(users, recommendBatch(model, users, { count }), dataset)));
      await nextTurn();
    }
    draft.keep();
  } finally {
    draft.close();
  }
  return to - from;
}

function toLines(users: Int32Array, best: ReturnType<typeof recommendBatch>, dataset: Dataset | undefined): string {
  const lines: string[] = [];
  users.forEach((user, place) => {
    const items = best.items.subarray(place * best.count, (place + 1) * best.count).filter((item) => item >= 0);
    const names = dataset
      ? [dataset.users.ids[user], ...Array.from(items, (item) => dataset.items.ids[item])]
      : [user, ...items];
    lines.push(names.map(field).join(",") + "\n");
  });
  return lines.join("");
}

/** A name as RFC 4180 has it. */
function field(name: string | number): string {
  const text = String(name);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
