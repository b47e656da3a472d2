import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadTable } from "../../../../lib/data/own/loadTable";
import { example } from "../../example";

example(loadTable, () => {
  const folder = mkdtempSync(join(tmpdir(), "table-"));
  const file = join(folder, "clothes.csv");
  writeFileSync(file, "id,size,colour,kind\n1,2.5,red,shirt\n2,3.5,blue,coat\n3,4.5,blue,shirt\n");

  const { x, y, featureNames, classNames } = loadTable(file, { target: "kind", ignore: ["id"] });
  console.log(featureNames, x.subarray(0, 3)); // [ 'size', 'colour=blue', 'colour=red' ] Float32Array(3) [ 2.5, 0, 1 ]
  console.log(y, classNames); // Int32Array(3) [ 1, 0, 1 ] [ 'coat', 'shirt' ]
  rmSync(folder, { recursive: true });
});
