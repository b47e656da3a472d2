import { buildCoo } from "../../../lib/recommend/coo";
import { toInteractionBlocks } from "../../../lib/recommend/interactionBlocks";
import { example } from "../example";

example(toInteractionBlocks, () => {
  const purchases = buildCoo({ rows: 2, columns: 4, rowIndices: [0, 0, 1, 1, 1], columnIndices: [0, 3, 1, 2, 3] });
  // The same works for a file that openInteractionFile has opened: memory then holds one block at a time.
  const sold = new Int32Array(4);
  const sizes: number[] = [];
  for (const { columnIndices } of toInteractionBlocks(purchases, { block: 2 })) {
    columnIndices.forEach((item) => sold[item]++);
    sizes.push(columnIndices.length);
  }
  console.log(sizes, sold); // [ 2, 2, 1 ] Int32Array(4) [ 1, 1, 1, 2 ]
});
