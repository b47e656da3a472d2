import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { default as sharp } from "sharp";
import { loadImageFolder } from "../../../../lib/data/own/loadImageFolder";
import { example } from "../../example";

example(loadImageFolder, async () => {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  for (const colour of ["red", "blue"]) {
    mkdirSync(join(folder, colour));
    const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: colour } });
    await picture.toFile(join(folder, colour, "plain.png"));
  }

  const { x, shape, y, classNames } = await loadImageFolder(folder, { size: 2 });
  console.log(shape, y, classNames); // [ 2, 2, 2, 3 ] Int32Array(2) [ 0, 1 ] [ 'blue', 'red' ]
  console.log(x.subarray(0, 3)); // Uint8Array(3) [ 0, 0, 255 ]
  rmSync(folder, { recursive: true });
});
