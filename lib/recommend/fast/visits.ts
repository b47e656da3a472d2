import { permutation, shuffle, type Random } from "../../random";
import { areOnes, type Coo } from "../coo";
import { countInteractions, type BlockReader } from "../interactionBlocks";
import { MARK, type InteractionFile } from "../interactionFile";
import type { Block } from "../pass";
import type { Task } from "../task";
import type { Kernels } from "./kernels";

/** The order in which the entries of a block are visited, a slice of it in the kernels' memory. */
export interface Visits {
  /** The slice's words of the job: see assembly/job.ts. */
  readonly words: number[];
  /** Takes up a block, and draws the order within it. */
  load(block: Block, random: Random): void;
  /** Places the slice that begins here in the block, and returns how many visits it has. */
  place(from: number): number;
}

/**
 * Where user and item fit into one word, the words themselves are shuffled, and nothing needs to be looked up. Otherwise
 * the numbers of a block's entries are, beside lists of users, items and weights.
 *
 * @param options - settings by name
 * @param options.blocks - the interactions, to be read from
 * @param options.slice - visits of a slice
 */
export function placeVisits(
  kernels: Kernels,
  task: Task<Coo | InteractionFile>,
  { blocks, slice }: { blocks: BlockReader; slice: number },
): Visits {
  const { interactions, weights } = task;
  const entries = countInteractions(interactions);
  const size = Math.min(task.block ?? entries, entries);
  const { order = new Int32Array(size) } = task;
  const sliceAt = kernels.take(slice * 4);
  const [userBits, itemBits] = [interactions.rows, interactions.columns].map((count) =>
    Math.ceil(Math.log2(count + 1)),
  );
  const allOnes = areOnes(weights);
  const isPacked = allOnes && userBits + itemBits < 32;
  const pairsAt = isPacked ? 0 : kernels.take(size * 8);
  const weightsAt = allOnes ? 0 : kernels.take(size * 4);
  let words = order.subarray(0, 0);
  let placed: number | undefined;

  /** Writes down a block's entries, unless they lie there already. */
  function placeEntries(block: Block): void {
    const { from, count } = block;
    if (placed === from) return;
    placePairs(blocks.read(block), kernels.integers(pairsAt, count * 2));
    if (!allOnes) kernels.floats(weightsAt, count).set(weights.subarray(from, from + count));
    placed = from;
  }

  return {
    words: [sliceAt, isPacked ? itemBits : 0, pairsAt, weightsAt],
    load(block, random) {
      words = order.subarray(0, block.count);
      if (isPacked) {
        shuffle(random, packPairs(blocks.read(block), itemBits, words));
        return;
      }
      placeEntries(block);
      permutation(random, block.count, words);
    },
    place(from) {
      const part = words.subarray(from, from + slice);
      kernels.integers(sliceAt, part.length).set(part);
      return part.length;
    },
  };
}

/** User and item of each entry in one word. */
function packPairs({ rowIndices, columnIndices, values }: Coo, itemBits: number, words: Int32Array): Int32Array {
  for (let entry = 0; entry < words.length; entry++)
    words[entry] = (rowIndices[entry] << itemBits) | columnIndices[entry] | (values[entry] > 0 ? 0 : MARK);
  return words;
}

/** User and item of each entry, side by side. */
function placePairs({ rowIndices, columnIndices, values }: Coo, pairs: Int32Array): void {
  for (let entry = 0; entry < values.length; entry++) {
    pairs[2 * entry] = rowIndices[entry];
    pairs[2 * entry + 1] = values[entry] > 0 ? columnIndices[entry] : columnIndices[entry] | MARK;
  }
}
