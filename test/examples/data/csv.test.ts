import { parseCsv } from "../../../lib/data/csv";
import { example } from "../example";

example(parseCsv, () => {
  // A picture of class 4 whose first pixel is bright; its other 783 pixels are background.
  const header = ["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i + 1}`)].join(",");
  const row = [4, 200, ...new Array<number>(783).fill(0)].join(",");
  const { images, labels, count } = parseCsv(`${header}\n${row}\n`);
  console.log(count, labels); // 1 Uint8Array(1) [ 4 ]
  console.log(images.subarray(0, 3)); // Uint8Array(3) [ 200, 0, 0 ]
});
