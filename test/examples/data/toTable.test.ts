import { toTable } from "../../../lib/data/toTable";
import { example } from "../example";

example(toTable, () => {
  // Two pictures, one row of two pixels each.
  const images = Uint8Array.of(10, 11, 20, 21);
  const table = toTable({ images, labels: Uint8Array.of(9, 0), count: 2, width: 2, height: 1 });
  console.log(table.objects()); // [ { label: 9, pixel1: 10, pixel2: 11 }, { label: 0, pixel1: 20, pixel2: 21 } ]
});
