import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { integer, pick, seededRandom, shuffle, type Random } from "../../../lib/random";
import { againstCpu, draw, kernel, randomShape, tensorOf, type Draw } from "./against";

/** Elements are moved, never computed. */
const SAME = { relative: 0 };

const TYPES = ["float32", "int32", "bool"] as const;

/** Makes the tensor that was drawn, as each type. */
function ofEachType(x: Draw): () => tf.Tensor[] {
  const whole = x.values.map((value) => (Number.isFinite(value) && Math.abs(value) < 1e9 ? value : 7));
  const make = () =>
    TYPES.map((dtype) =>
      dtype === "float32" ? tensorOf(x) : tf.cast(tf.mul(tf.tensor(whole, x.shape), dtype === "bool" ? 1 : 100), dtype),
    );
  return make;
}

/** Shapes small and odd, and a few that take more than one chunk of 64 KB, four of them also where a number is a byte. */
function shapesOf(random: Random, { least = 0 } = {}): number[][] {
  const drawn = Array.from({ length: 40 }, () => randomShape(random, { rank: 5, empty: 0.04 }));
  const large = [[20_000], [3, 22_000], [33_000, 2], [130, 131], [5, 9, 64, 17], [2, 300, 3, 40], [7, 120, 80]];
  return [...drawn, ...large].filter((shape) => shape.length >= least);
}

/** What `place` makes of tensors of each shape and type is exactly what it is on cpu. */
async function moves(seed: number, least: number, prepare: (random: Random, shape: number[]) => Place): Promise<void> {
  const random = seededRandom(seed);
  for (const shape of shapesOf(random, { least })) {
    const x = draw(random, shape, { odd: 0.1 });
    const [message, place] = prepare(random, shape);
    const make = ofEachType(x);
    await againstCpu(`[${shape}] ${message}`, () => make().flatMap(place), SAME);
  }
}

type Place = [message: string, place: (x: tf.Tensor) => tf.Tensor | tf.Tensor[]];

test("transpose() moves as cpu does, all orders of up to five axes", () =>
  moves(51, 0, (random, shape) => {
    const perm = shuffle(random, [...shape.keys()]);
    return [`perm ${perm}`, (x) => kernel("Transpose", { x }, { perm })];
  }));

test("reverse() turns any axes", () =>
  moves(52, 0, (random, shape) => {
    const dims = [...shape.keys()].filter(() => random.uniform() < 0.5);
    return [`axes ${dims}`, (x) => kernel("Reverse", { x }, { dims })];
  }));

test("flipLeftRight() turns images", async () => {
  const random = seededRandom(50);
  for (const shape of [
    [2, 3, 5, 3],
    [1, 70, 81, 4],
    [0, 2, 2, 1],
    [2, 3, 1, 2],
  ]) {
    // prettier-ignore
    const image = draw(random, shape, { odd: 0.1 });
    await againstCpu(`[${shape}]`, () => kernel("FlipLeftRight", { image: tensorOf(image) }), SAME);
  }
});

test("slice() cuts anywhere, empty parts and all of it", () =>
  moves(53, 1, (random, shape) => {
    const begin = shape.map((size) => (random.uniform() < 0.4 ? 0 : integer(random, 0, size + 1)));
    const size = shape.map((whole, axis) =>
      random.uniform() < 0.4 ? -1 : integer(random, 0, whole - begin[axis] + 1),
    );
    return [`${begin} by ${size}`, (x) => tf.slice(x, begin, size)];
  }));

test("stridedSlice() takes strides forth and back, masks, and lost or new axes", () =>
  moves(54, 1, (random, shape) => {
    const edge = (size: number) => integer(random, -size - 1, size + 2);
    const begin = shape.map(edge);
    const end = shape.map(edge);
    const strides = shape.map(() => pick(random, [1, 1, 2, 3, -1, -2]));
    const mask = () => integer(random, 0, 2 ** shape.length);
    const masks = [mask(), mask(), 0, pick(random, [0, 0, 1])] as const;
    return [`${begin} to ${end} by ${strides}, ${masks}`, (x) => tf.stridedSlice(x, begin, end, strides, ...masks)];
  }));

test("stridedSlice() of an axis shrunk is as on cpu", async () => {
  const x = () => tf.range(0, 24).reshape([2, 3, 4]);
  await againstCpu("shrunk", () => tf.stridedSlice(x(), [1, 0, 1], [2, 3, 4], [1, 1, 1], 0, 0, 0, 0, 1), SAME);
});

test("tile() repeats along any axes", () =>
  moves(55, 0, (random, shape) => {
    const most = tf.util.sizeFromShape(shape) > 5000 ? 2 : 4;
    const reps = shape.map(() => integer(random, random.uniform() < 0.05 ? 0 : 1, most));
    return [`${reps} times`, (x) => kernel("Tile", { x }, { reps })];
  }));

test("pad() surrounds with a constant", () =>
  moves(56, 0, (random, shape) => {
    const paddings = shape.map(() => [integer(random, 0, 4), integer(random, 0, 3)]);
    const constantValue = pick(random, [0, 1, -2.5, NaN, Infinity, 300]);
    return [`${paddings} of ${constantValue}`, (x) => kernel("PadV2", { x }, { paddings, constantValue })];
  }));

test("split() and unstack() part a tensor", () =>
  moves(57, 1, (random, shape) => {
    const axis = integer(random, -shape.length, shape.length);
    const size = shape.at(axis)!;
    const first = integer(random, 0, size + 1);
    const parts = [first, size - first];
    const apart = size <= 300;
    return [`${parts} along ${axis}`, (x) => [...tf.split(x, parts, axis), ...(apart ? tf.unstack(x, axis) : [])]];
  }));

test("concat() and stack() join tensors of any number, empty ones too", () =>
  moves(58, 1, (random, shape) => {
    const axis = integer(random, 0, shape.length);
    const others = Array.from({ length: integer(random, 0, 4) }, () =>
      draw(random, [...shape.slice(0, axis), integer(random, 0, 4), ...shape.slice(axis + 1)]),
    );
    const at = integer(random, 0, shape.length + 1);
    return [
      `with ${others.length} along ${axis}, stacked at ${at}`,
      (x) => [
        tf.concat([x, ...others.map((other) => tf.cast(tensorOf(other), x.dtype)), x], axis),
        tf.concat([x], axis),
        kernel("Pack", [x, x, x] as never, { axis: at }),
        kernel("Pack", [x] as never, { axis: at - 1 }),
      ],
    ];
  }));

test("gather() picks slices along any axis, in batches too", () =>
  moves(59, 1, (random, shape) => {
    const axis = integer(random, 0, shape.length);
    const batchDims = shape.includes(0) ? 0 : integer(random, 0, axis + 1); // cpu takes no empty batch
    const most = shape[axis] === 0 ? 0 : 5;
    const indexShape = [...shape.slice(0, batchDims), ...Array.from({ length: integer(random, 0, 3) }, () => integer(random, 0, most + 1))]; // prettier-ignore
    const count = tf.util.sizeFromShape(indexShape);
    const picked = Int32Array.from({ length: shape[axis] === 0 ? 0 : count }, () => integer(random, 0, shape[axis]));
    const indices = shape[axis] === 0 && count > 0 ? [...shape.slice(0, batchDims), 0] : indexShape;
    return [
      `axis ${axis}, indices [${indices}], batch ${batchDims}`,
      (x) => tf.gather(x, tf.tensor(picked, indices, "int32"), axis, batchDims),
    ];
  }));

test("gather() refuses an index that is out of range in the words of the cpu kernel", async () => {
  await againstCpu("makes the backends", () => tf.scalar(1));
  for (const index of [-1, 3]) {
    const messages: string[] = [];
    for (const backend of ["cpu", "simd-2"]) {
      await tf.setBackend(backend);
      const attempt = () => tf.tidy(() => tf.gather(tf.zeros([3, 2]), tf.tensor1d([0, index], "int32")));
      assert.throws(attempt, ({ message }: Error) => messages.push(message) > 0);
    }
    assert.equal(messages[0], `GatherV2: the index value ${index} is not in [0, 2]`);
    assert.equal(messages[1], messages[0]);
  }
});

test("oneHot() marks one place of each row, or none", async () => {
  const random = seededRandom(60);
  for (const shape of [[], [0], [1], [5], [3, 4], [9000]])
    for (const depth of [2, 3, 10, 33]) {
      const indices = Int32Array.from({ length: tf.util.sizeFromShape(shape) }, () => integer(random, -2, depth + 2));
      await againstCpu(
        `[${shape}], ${depth} deep`,
        () =>
          (["float32", "int32", "bool"] as const).flatMap((dtype) => [
            tf.cast(tf.oneHot(tf.tensor(indices, shape, "int32"), depth, 1, 0, dtype), "float32"),
            tf.cast(tf.oneHot(tf.tensor(indices, shape, "int32"), depth, 5, -3, dtype === "bool" ? "int32" : dtype), "float32"),
          ]),
        SAME,
      ); // prettier-ignore
    }
});

test("what leaves all elements in their order shares the data, and disposing of either leaves the other", async () => {
  await againstCpu("shared", () => {
    const x = tf.tensor([1, 2, 3, 4, 5, 6], [1, 2, 1, 3]);
    const views = [tf.transpose(x, [2, 1, 0, 3]), tf.slice(x, [0, 0, 0, 0]), tf.tile(x, [1, 1, 1, 1])];
    x.dispose();
    return views;
  }, SAME); // prettier-ignore
});

test("strings stay with the cpu kernels", async () => {
  await tf.setBackend("simd-1");
  const x = tf.tensor2d(["a", "b", "c", "d"], [2, 2], "string");
  assert.deepEqual(tf.slice(x, [0, 1], [2, 1]).dataSync() as unknown, ["b", "d"]);
  assert.deepEqual(tf.concat([x, x], 1).dataSync() as unknown, ["a", "b", "a", "b", "c", "d", "c", "d"]);
  x.dispose();
});

test("stridedSlice() whose end lies before its begin gives nothing", async () => {
  await againstCpu("3 by 1", () => tf.stridedSlice(tf.ones([3, 1]), [1, 1], [3, -2], [1, 1], 1, 5));
});
