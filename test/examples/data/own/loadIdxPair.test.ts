import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadIdxPair } from "../../../../lib/data/own/loadIdxPair";
import { example } from "../../example";

example(loadIdxPair, () => {
  const folder = mkdtempSync(join(tmpdir(), "idx-"));
  const [pictures, labels] = [join(folder, "images"), join(folder, "labels")];
  // Two pictures of 1 x 2 pixels, of the classes 2 and 0.
  writeFileSync(pictures, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40));
  writeFileSync(labels, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 2, 0));

  const { x, shape, y, classNames } = loadIdxPair(pictures, labels);
  console.log(x, shape); // Uint8Array(4) [ 10, 20, 30, 40 ] [ 2, 1, 2, 1 ]
  console.log(y, classNames); // Int32Array(2) [ 2, 0 ] [ '0', '1', '2' ]
  rmSync(folder, { recursive: true });
});
