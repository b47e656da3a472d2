import { topItems } from "../../../lib/recommend/topItems";
import { example } from "../example";

example(topItems, () => {
  const scores = Float32Array.of(0.5, 2, 1, 1);
  const { items } = topItems(scores, 3);
  console.log(items); // Int32Array(3) [ 1, 2, 3 ]

  // Item 1 has been bought already.
  const bought = Uint8Array.of(0, 1, 0, 0);
  console.log(topItems(scores, 1, bought)); // { items: Int32Array(1) [ 2 ], scores: Float32Array(1) [ 1 ] }
});
