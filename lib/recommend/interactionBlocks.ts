import type { Coo } from "./coo";
import { MARK, openPairs, readPairs, type InteractionFile } from "./interactionFile";
import type { Block } from "./pass";
import { checkPositiveInteger } from "./settings";

/**
 * Interactions in the order in which they lie, `block` at a time, each block a matrix of the whole shape: to look through
 * a file that memory cannot hold, or to write one. Of a file's values only their sign is known: they are 1 or -1.
 *
 * @param options - settings by name
 * @param options.block - interactions of a block; default 2^20
 * @throws RangeError for a block that cannot be; SyntaxError, at the end at the latest, for a file that is damaged or was
 * replaced since it was opened
 */
export function toInteractionBlocks(
  interactions: Coo | InteractionFile,
  { block = DEFAULT_BLOCK }: { block?: number } = {},
): Iterable<Coo> {
  checkPositiveInteger(block, "toInteractionBlocks(): block");
  return isInteractionFile(interactions) ? fileBlocks(interactions, block) : memoryBlocks(interactions, block);
}

/**
 * Interactions of a block of a file, where nobody says otherwise: 8 MB of them.
 *
 * @internal
 */
export const DEFAULT_BLOCK = 2 ** 20;

/**
 * Whether the interactions lie in a file.
 *
 * @internal
 */
export function isInteractionFile(interactions: Coo | InteractionFile): interactions is InteractionFile {
  return "path" in interactions;
}

function* fileBlocks(file: InteractionFile, block: number): Generator<Coo> {
  for (const pairs of readPairs(file, block)) yield fill(emptyBlock(file, pairs.length / 2), pairs);
}

function* memoryBlocks(matrix: Coo, block: number): Generator<Coo> {
  const { length } = matrix.values;
  for (let from = 0; from < length; from += block) yield cut(matrix, { from, count: Math.min(block, length - from) });
}

/**
 * How many there are.
 *
 * @internal
 */
export function countInteractions(interactions: Coo | InteractionFile): number {
  return isInteractionFile(interactions) ? interactions.length : interactions.values.length;
}

/**
 * Blocks that are read in any order.
 *
 * @internal
 */
export interface BlockReader {
  /** The entries of a block; they last until the next call. */
  read(block: Block): Coo;
  close(): void;
}

/**
 * Opens interactions for reading blocks: views of a matrix, copies out of a file.
 *
 * @internal
 */
export function openBlocks(interactions: Coo | InteractionFile): BlockReader {
  if (!isInteractionFile(interactions)) return { read: (block) => cut(interactions, block), close: () => undefined };
  const { read, close } = openPairs(interactions);
  let room = emptyBlock(interactions, 0);
  const take = ({ from, count }: Block): Coo => {
    if (room.values.length < count) room = emptyBlock(interactions, count);
    return fill(cut(room, { from: 0, count }), read(from, count));
  };
  return { read: take, close };
}

/** The entries of a block, as views. */
function cut({ rows, columns, rowIndices, columnIndices, values }: Coo, { from, count }: Block): Coo {
  const to = from + count;
  return {
    rows,
    columns,
    rowIndices: rowIndices.subarray(from, to),
    columnIndices: columnIndices.subarray(from, to),
    values: values.subarray(from, to),
  };
}

function emptyBlock({ rows, columns }: InteractionFile, count: number): Coo {
  return {
    rows,
    columns,
    rowIndices: new Int32Array(count),
    columnIndices: new Int32Array(count),
    values: new Float32Array(count),
  };
}

/** Takes the entries of a block apart; it has as many. */
function fill(block: Coo, pairs: Int32Array): Coo {
  const { rowIndices, columnIndices, values } = block;
  for (let entry = 0; entry < values.length; entry++) {
    rowIndices[entry] = pairs[2 * entry];
    columnIndices[entry] = pairs[2 * entry + 1] & ~MARK;
    values[entry] = pairs[2 * entry + 1] < 0 ? -1 : 1;
  }
  return block;
}
