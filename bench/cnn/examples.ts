import * as fs from "node:fs";
import * as path from "node:path";
import { loadFashionMnist } from "../../lib/data/fashionMnist";
import { firstImages } from "../../lib/data/split";
import { toExamples } from "../../lib/vision/examples";

/** Writes Fashion-MNIST's first training images, the same for every contender, into the folder that contenders read. */
export async function writeExamples(folder: string, count: number): Promise<void> {
  const { images, labels } = toExamples(firstImages((await loadFashionMnist()).train, count));
  fs.writeFileSync(path.join(folder, "images.bin"), new Uint8Array(images.buffer));
  fs.writeFileSync(path.join(folder, "labels.bin"), labels);
}
