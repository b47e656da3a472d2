import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, tensorOf } from "./against";

const CLOSE = { relative: 1e-5, absolute: 1e-5 };

for (const average of [false, true])
  test(`${average ? "avgPool3d" : "maxPool3d"}() and its gradient do what cpu does, at any window, stride and padding`, async () => {
    const random = seededRandom(95);
    for (let trial = 0; trial < 40; trial++) {
      const size = () => integer(random, 3, 7);
      const shape = [integer(random, 1, 3), size(), size(), size(), integer(random, 1, 7)];
      const window = [integer(random, 1, 4), integer(random, 1, 4), integer(random, 1, 4)] as [number, number, number];
      if (!average) window[2] = window[1]; // cpu loses maxima of windows that are not as high as wide
      const strides = window.map((size) => integer(random, 1, size + 1)) as [number, number, number];
      const pad = pick(random, ["same", "valid", 1] as const);
      if (pad === 1 && Math.min(...window) === 1) continue;
      const x = draw(random, shape);
      await againstCpu(
        `${trial}: [${shape}] by ${window}, strides ${strides}, ${pad}`,
        () => {
          const pool = (x: tf.Tensor) =>
            (average ? tf.avgPool3d : tf.maxPool3d)(x as tf.Tensor5D, window, strides, pad);
          const y = pool(tensorOf(x));
          return [y, tf.grad(pool)(tensorOf(x), tf.randomUniform(y.shape, -1, 1, "float32", trial))];
        },
        CLOSE,
      );
    }
  });
