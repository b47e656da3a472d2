import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, tensorOf } from "./against";

const CLOSE = { relative: 2e-5, absolute: 5e-5 };

test("conv3d and its gradients do what cpu does, at any stride and padding", async () => {
  const random = seededRandom(93);
  for (let trial = 0; trial < 30; trial++) {
    const filterShape = [integer(random, 1, 4), integer(random, 1, 4), integer(random, 1, 4), integer(random, 1, 6), integer(random, 1, 6)]; // prettier-ignore
    const shape = [integer(random, 1, 3), integer(random, 3, 7), integer(random, 3, 7), integer(random, 3, 7), filterShape[3]]; // prettier-ignore
    const pad = pick(random, ["same", "valid"] as const);
    // cpu pads by less than nothing where a stride is longer than the filter
    const longest = (size: number) => integer(random, 1, pad === "same" ? Math.min(size, 2) + 1 : 3);
    const strides = filterShape.slice(0, 3).map(longest) as [number, number, number];
    const [x, filter] = [draw(random, shape), draw(random, filterShape)];
    await againstCpu(
      `${trial}: [${shape}] by [${filterShape}], strides ${strides}, ${pad}`,
      () => {
        const convolve = (x: tf.Tensor, filter: tf.Tensor) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides, pad); // prettier-ignore
        const given = [x, filter].map(tensorOf);
        const y = convolve(given[0], given[1]);
        return [y, ...tf.grads(convolve)(given, tf.randomUniform(y.shape, -1, 1, "float32", trial))];
      },
      CLOSE,
    );
  }
});

test("conv3d takes dilations, and whole numbers", async () => {
  const random = seededRandom(94);
  const [x, filter] = [draw(random, [2, 7, 8, 9, 3]), draw(random, [3, 2, 3, 3, 4])];
  for (const dilations of [
    [2, 1, 1],
    [1, 2, 3],
    [2, 2, 2],
  ] as [number, number, number][])
    // prettier-ignore
    for (const pad of ["same", "valid"] as const)
      await againstCpu(
        `${dilations} ${pad}`,
        () => tf.conv3d(tensorOf(x) as tf.Tensor5D, tensorOf(filter) as tf.Tensor5D, 1, pad, "NDHWC", dilations),
        CLOSE,
      );
});
