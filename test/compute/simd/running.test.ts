import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, seededRandom } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf } from "./against";

test("cumsum() and cumprod() run along any axis as cpu does, own numbers in or out, from either end", async () => {
  const random = seededRandom(111);
  const large = [[3, 20_000], [7, 3000, 5], [40, 2100], [2, 3, 2000, 2], [70_000], [1, 1], [5, 1, 3]]; // prettier-ignore
  const drawn = Array.from({ length: 60 }, () => [1 + integer(random, 0, 9), ...randomShape(random, { rank: 3 })]);
  for (const [trial, shape] of [...drawn, ...large].entries()) {
    const x = draw(random, shape, { odd: trial % 4 === 0 ? 0.02 : 0 });
    const axis = integer(random, -shape.length, shape.length);
    for (const [exclusive, reverse] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ])
      // prettier-ignore
      await againstCpu(
        `[${shape}] along ${axis}, exclusive ${exclusive}, reverse ${reverse}`,
        () => ["Cumsum", "Cumprod"].map((name) => kernel(name, { x: tensorOf(x) }, { axis, exclusive, reverse })),
        { relative: 0 },
      );
  }
});

test("cumsum() of whole numbers is left as it was", async () => {
  await againstCpu("int32", () => tf.cumsum(tf.tensor2d([[1, 2, 3], [4, 5, 6]], [2, 3], "int32"), 1)); // prettier-ignore
});
