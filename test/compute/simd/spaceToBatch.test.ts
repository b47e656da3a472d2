import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom, type Random } from "../../../lib/random";
import { againstCpu, draw, kernel, tensorOf } from "./against";

/** Elements are moved, never computed. */
const SAME = { relative: 0 };
const TYPES = ["float32", "int32", "bool"] as const;

const times = <Item>(count: number, make: () => Item) => Array.from({ length: count }, make);

/** Blocks, what is cut or padded, and what of a shape lies behind the blocks. */
function drawBlocks(random: Random) {
  const blockShape = times(integer(random, 1, 4), () => integer(random, 1, 4));
  const rest = times(integer(random, 0, 3), () => integer(random, 1, 6));
  const sides = blockShape.map(() => [integer(random, 0, 3), integer(random, 0, 3)]);
  return { blockShape, rest, sides: random.uniform() < 0.3 ? sides.map(() => [0, 0]) : sides };
}

test("spaceToBatchND() deals out blocks as cpu does, padded or not, of any rank and type", async () => {
  const random = seededRandom(81);
  for (let trial = 0; trial < 60; trial++) {
    const { blockShape, rest, sides } = drawBlocks(random);
    const space = blockShape.map((side, axis) => {
      const [before, after] = sides[axis];
      return side * Math.ceil((before + after + integer(random, 1, 5)) / side) - before - after;
    });
    const x = draw(random, [integer(random, trial % 20 === 0 ? 0 : 1, 3), ...space, ...rest], { odd: 0.1 });
    await againstCpu(
      `${trial}: [${x.shape}] in blocks of [${blockShape}], ${sides}`,
      () => TYPES.map((dtype) => tf.spaceToBatchND(typed(x, dtype), blockShape, sides)),
      SAME,
    );
  }
});

test("batchToSpaceND() puts blocks together as cpu does, cropped or not", async () => {
  const random = seededRandom(82);
  for (let trial = 0; trial < 60; trial++) {
    const { blockShape, rest, sides } = drawBlocks(random);
    const space = blockShape.map((side, axis) => Math.ceil((sides[axis][0] + sides[axis][1] + integer(random, 1, 5)) / side)); // prettier-ignore
    const x = draw(random, [integer(random, 1, 3) * tf.util.sizeFromShape(blockShape), ...space, ...rest]);
    await againstCpu(
      `${trial}: [${x.shape}] in blocks of [${blockShape}], ${sides}`,
      () => TYPES.map((dtype) => tf.batchToSpaceND(typed(x, dtype), blockShape, sides)),
      SAME,
    );
  }
});

test("depthToSpace() makes pixels of channels as cpu does", async () => {
  const random = seededRandom(83);
  for (const [batch, height, width, side, depth] of [
    [1, 1, 1, 2, 1],
    [2, 3, 5, 2, 3],
    [3, 4, 2, 3, 4],
    [0, 2, 2, 2, 1],
    [2, 40, 41, 2, 8],
    [2, 3, 3, 4, 1],
  ]) {
    // prettier-ignore
    const x = draw(random, [batch, height, width, side * side * depth], { odd: 0.1 });
    await againstCpu(
      `[${x.shape}] by ${side}`,
      () => kernel("DepthToSpace", { x: tensorOf(x) }, { blockSize: side, dataFormat: "NHWC" }),
      SAME,
    );
  }
});

test("what was dealt out in blocks comes back", async () => {
  const random = seededRandom(84);
  for (const side of [2, 3]) {
    const x = draw(random, [2, 12, 6, pick(random, [1, 5])]);
    await againstCpu(
      `side ${side}`,
      () => tf.batchToSpaceND(tf.spaceToBatchND(tensorOf(x), [side, side], [[0, 0], [0, 0]]), [side, side], [[0, 0], [0, 0]]).sub(tensorOf(x)), // prettier-ignore
      SAME,
    );
  }
});

function typed(x: { values: Float32Array; shape: number[] }, dtype: (typeof TYPES)[number]): tf.Tensor {
  if (dtype === "float32") return tensorOf(x);
  const whole = Float32Array.from(x.values, (value) => (Number.isFinite(value) && Math.abs(value) < 1e9 ? value : 7));
  return tf.cast(tf.mul(tf.tensor(whole, x.shape), dtype === "bool" ? 1 : 100), dtype);
}
