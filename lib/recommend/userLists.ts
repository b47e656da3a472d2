import type { StopRequest } from "../interrupt/listenForStop";
import { takeBreaths } from "./breath";
import type { SparsePattern } from "./csr";
import { MARK, readPairs, type InteractionFile } from "./interactionFile";

/** Interactions between two looks at whether to stop. */
const PIECE = 2 ** 17;

/** What `buildUserLists` takes into account. */
export interface UserListOptions {
  /** Whether only positive interactions count. Default false. */
  positives?: boolean;
  stop: StopRequest;
}

/**
 * The items of each user of a file, ascending and each once, as `buildPattern` has them of a matrix, in 4 bytes for each
 * interaction and 8 for each user. The file is read twice: for the lengths of the lists, and for what is in them.
 *
 * @returns nothing where it was asked to stop
 * @throws SyntaxError for a file that is damaged or was replaced since it was opened
 */
export async function buildUserLists(
  file: InteractionFile,
  { positives = false, stop }: UserListOptions,
): Promise<SparsePattern | undefined> {
  const offsets = new Uint32Array(file.rows + 1);
  const isLeftOut = (item: number) => positives && item < 0;
  const each = (act: (user: number, item: number) => void) =>
    eachPiece(file, stop, (pairs) => {
      for (let i = 0; i < pairs.length; i += 2) if (!isLeftOut(pairs[i + 1])) act(pairs[i], pairs[i + 1] & ~MARK);
    });
  if (!(await each((user) => offsets[user + 1]++))) return undefined;
  for (let user = 0; user < file.rows; user++) offsets[user + 1] += offsets[user];
  const indices = new Int32Array(offsets[file.rows]);
  const next = offsets.slice();
  if (!(await each((user, item) => (indices[next[user]++] = item)))) return undefined;
  return sortLists({ rows: file.rows, columns: file.columns, offsets, indices }, stop);
}

/** Reads all pairs; false where it was asked to stop on the way. */
async function eachPiece(file: InteractionFile, stop: StopRequest, act: (pairs: Int32Array) => void): Promise<boolean> {
  const breathe = takeBreaths();
  for (const pairs of readPairs(file, PIECE)) {
    act(pairs);
    await breathe();
    if (stop.requested) return false;
  }
  return true;
}

/** Sorts each list in place and leaves each item in it once; nothing where it was asked to stop. */
async function sortLists(lists: SparsePattern, stop: StopRequest): Promise<SparsePattern | undefined> {
  const { rows, offsets, indices } = lists;
  const breathe = takeBreaths();
  let [from, end, due] = [0, 0, PIECE];
  for (let user = 0; user < rows; user++) {
    const to = offsets[user + 1];
    indices.subarray(from, to).sort();
    const start = end;
    for (let place = from; place < to; place++)
      if (end === start || indices[end - 1] !== indices[place]) indices[end++] = indices[place];
    from = to;
    offsets[user + 1] = end;
    if (to < due) continue;
    due = to + PIECE;
    await breathe();
    if (stop.requested) return undefined;
  }
  return { ...lists, indices: end < indices.length / 2 ? indices.slice(0, end) : indices.subarray(0, end) };
}
