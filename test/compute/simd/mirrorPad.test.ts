import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf, type Draw } from "./against";

/** Elements are moved, never computed. */
const SAME = { relative: 0 };

test("mirrorPad() mirrors as cpu does, both modes, any axes and types", async () => {
  const random = seededRandom(91);
  for (let trial = 0; trial < 120; trial++) {
    const shape = randomShape(random, { rank: 5, most: 6, empty: 0 });
    const mode = pick(random, ["reflect", "symmetric"]);
    const most = (size: number) => (mode === "reflect" ? size : size + 1);
    const paddings = shape.map((size) => {
      const side = () => (random.uniform() < 0.4 ? 0 : integer(random, 0, Math.min(4, most(size))));
      return [side(), side()];
    });
    await matches(draw(random, shape, { odd: 0.1 }), paddings, mode);
  }
});

test("mirrorPad() of images of more than one chunk, of all there is, and of nothing", async () => {
  const random = seededRandom(92);
  for (const mode of ["reflect", "symmetric"]) {
    const images = draw(random, [3, 70, 81, 9], { odd: 0.01 });
    await matches(images, [[0, 0], [2, 1], [3, 3], [0, 0]], mode); // prettier-ignore
    await matches(images, [[1, 0], [0, 0], [69, 69], [0, 8]], mode); // prettier-ignore
    await matches(images, images.shape.map(() => [0, 0]), mode); // prettier-ignore
    await matches(draw(random, [0, 3, 2]), [[0, 0], [1, 2], [1, 1]], mode); // prettier-ignore
  }
});

async function matches(x: Draw, paddings: number[][], mode: string): Promise<void> {
  const whole = { shape: x.shape, values: x.values.map((value) => Math.sign(value) || 0) };
  await againstCpu(
    `[${x.shape}] by ${JSON.stringify(paddings)}, ${mode}`,
    () =>
      [tensorOf(x), tf.cast(tensorOf(whole), "int32"), tf.cast(tensorOf(whole), "bool")].map((tensor) =>
        kernel("MirrorPad", { x: tensor }, { paddings, mode }),
      ),
    SAME,
  );
}
