import { pixelsOf } from "../../../lib/data/pixelsOf";
import { example } from "../example";

example(pixelsOf, () => {
  // Three pictures, one row of two pixels each.
  const images = Uint8Array.of(0, 1, 10, 11, 20, 21);
  const catalogue = { images, labels: Uint8Array.of(9, 0, 3), count: 3, width: 2, height: 1 };
  console.log(pixelsOf(catalogue, [2, 0])); // Uint8Array(4) [ 20, 21, 0, 1 ]
});
