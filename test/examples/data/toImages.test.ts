import { splitColumns } from "../../../lib/data/splitColumns";
import { toBytes, toImages } from "../../../lib/data/toImages";
import { toTable } from "../../../lib/data/toTable";
import { example } from "../example";

example(toImages, () => {
  // A black picture and a white one.
  const images = new Uint8Array(2 * 784).fill(255, 784);
  const table = toTable({ images, labels: Uint8Array.of(0, 1), count: 2, width: 28, height: 28 });
  const { pixels } = splitColumns(table);
  const pictures = toImages(pixels); // [2, 28, 28, 1]
  console.log(pictures.length, pictures[0], pictures[784]); // 1568 0 1
});

example(toBytes, () => {
  // A black picture and a white one.
  const images = new Uint8Array(2 * 784).fill(255, 784);
  const table = toTable({ images, labels: Uint8Array.of(0, 1), count: 2, width: 28, height: 28 });
  const whiteFirst = splitColumns(table.reify([1, 0]));
  const bytes = toBytes(whiteFirst.pixels); // [2, 28, 28, 1]
  console.log(bytes.length, bytes[0], bytes[784]); // 1568 255 0
});
