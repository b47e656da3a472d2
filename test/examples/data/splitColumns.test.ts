import { splitColumns } from "../../../lib/data/splitColumns";
import { toTable } from "../../../lib/data/toTable";
import { example } from "../example";

example(splitColumns, () => {
  const images = Uint8Array.of(10, 11, 20, 21);
  const table = toTable({ images, labels: Uint8Array.of(9, 0), count: 2, width: 2, height: 1 });
  const { pixels, labels } = splitColumns(table);
  console.log(pixels.columnNames()); // [ 'pixel1', 'pixel2' ]
  console.log(labels); // Uint8Array(2) [ 9, 0 ]
});
