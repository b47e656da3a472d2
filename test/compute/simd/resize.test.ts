import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, tensorOf } from "./against";

const CLOSE = { relative: 1e-5, absolute: 1e-5 };

for (const name of ["ResizeBilinear", "ResizeNearestNeighbor"])
  test(`${name} and its gradient do what the cpu kernels do, to any size and by any rule`, async () => {
    const random = seededRandom(91);
    for (let trial = 0; trial < 40; trial++) {
      const shape = [integer(random, 1, 4), integer(random, 1, 9), integer(random, 1, 9), pick(random, [1, 2, 3, 4, 7, 16])]; // prettier-ignore
      const size: [number, number] = trial % 5 === 0 ? [2 * shape[1], 2 * shape[2]] : [integer(random, 1, 20), integer(random, 1, 20)]; // prettier-ignore
      const [alignCorners, halfPixelCenters] = pick(random, [[false, false], [true, false], [false, true]]); // prettier-ignore
      const images = draw(random, shape);
      const dy = draw(random, [shape[0], ...size, shape[3]]);
      await againstCpu(
        `${trial}: [${shape}] to ${size}, ${alignCorners ? "aligned" : halfPixelCenters ? "half" : ""}`,
        () => [
          kernel(name, { images: tensorOf(images) }, { alignCorners, halfPixelCenters, size }),
          kernel(`${name}Grad`, { images: tensorOf(images), dy: tensorOf(dy) }, { alignCorners, halfPixelCenters }),
        ],
        CLOSE,
      );
    }
  });

test("images of whole numbers are resized, and none", async () => {
  await againstCpu("int32", () =>
    tf.image.resizeNearestNeighbor(tf.ones([1, 2, 3, 2], "int32") as tf.Tensor4D, [4, 5]),
  );
  await againstCpu("no images", () => tf.image.resizeBilinear(tf.zeros([0, 2, 3, 2]) as tf.Tensor4D, [4, 5]));
});
