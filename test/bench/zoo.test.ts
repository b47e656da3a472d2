import assert from "node:assert/strict";
import { test } from "node:test";
import { checkZoo, compareCurves } from "../../bench/zoo/check";
import { nets } from "../../bench/zoo/nets";
import { formatRows, geometricMean, toRow } from "../../bench/zoo/report";
import { formatProfile } from "../../bench/profile/report";
import { workOf } from "../../bench/profile/work";
import { benchProfile } from "../../bench/profile";
import { benchZoo } from "../../bench/zoo";

const REST = { case: "net", threads: 2, oursMegabytes: 100.4, peerMegabytes: 200.6 };

test("toRow() takes the median of the rounds' ratios, Keras' time over ours", () => {
  const row = toRow([{ ours: 0.01, peer: 0.02 }, { ours: 0.02, peer: 0.02 }, { ours: 0.01, peer: 0.03 }], REST); // prettier-ignore
  assert.deepEqual([row.ours, row.peer, row.ratio, row.low, row.high], [10, 20, 2, 1, 3]);
  const alone = toRow([{ ours: 0.004 }], { ...REST, peerMegabytes: null });
  assert.deepEqual([alone.ours, alone.peer, alone.ratio], [4, null, null]);
});

test("formatRows() ends with the geometric mean of the ratios and the lowest, for each number of threads", () => {
  const row = (name: string, threads: number, ours: number) => toRow([{ ours, peer: 0.01 }], { ...REST, case: name, threads }); // prettier-ignore
  const lines = formatRows([row("a", 2, 0.02), row("b", 2, 0.005), row("a", 1, 0.01)]).split("\n");
  assert.deepEqual(lines.slice(-2), [
    "On 2 threads: geometric mean of the ratios 1.00, the lowest 0.500 (a).",
    "On 1 thread: geometric mean of the ratios 1.00, the lowest 1.00 (a).",
  ]);
  assert.ok(Math.abs(geometricMean([2, 8]) - 4) < 1e-12);
});

test("compareCurves() tells by how much losses differ, and when that is too much", () => {
  assert.equal(compareCurves("net", [2, 1.0001], [2, 1]).agree, true);
  const far = compareCurves("net", [2, 1.1], [2, 1]);
  assert.ok(!far.agree && Math.abs(far.difference - 0.1) < 1e-9);
  assert.equal(compareCurves("net", [NaN], [1]).agree, false);
});

test("every net of the zoo trains on simd as on cpu, in its tiny size", { timeout: 120_000 }, async () => {
  const curves = await checkZoo(Object.keys(nets), { steps: 3 });
  assert.deepEqual(curves.filter(({ agree }) => !agree), []); // prettier-ignore
  for (const { net, simd } of curves) assert.ok(new Set(simd).size > 1, `${net} learns: ${simd}`);
});

test("workOf() counts the multiplications and additions of products, and the bytes of the rest", () => {
  const tensor = (...shape: number[]) => ({ dataId: {}, shape, dtype: "float32" as const });
  const product = { inputs: { a: tensor(3, 4), b: tensor(4, 5) }, attrs: {} };
  assert.deepEqual(workOf("BatchMatMul", product, [tensor(3, 5)]), { flops: 2 * 3 * 4 * 5, bytes: 4 * (12 + 20 + 15) });
  const convolution = { inputs: { x: tensor(1, 6, 6, 2), filter: tensor(3, 3, 2, 8) }, attrs: {} };
  assert.equal(workOf("Conv2D", convolution, [tensor(1, 4, 4, 8)]).flops, 2 * 16 * 8 * 18);
  assert.deepEqual(workOf("Reshape", { inputs: { x: tensor(6) }, attrs: {} }, [tensor(2, 3)]), { flops: 0, bytes: 0 });
});

test("formatProfile() has shares that add up to the step", () => {
  const kernel = { name: "Relu", calls: 10, seconds: 0.3, flops: 0, bytes: 3e9 };
  const machine = { flops: 5e10, bytes: 2e10 };
  const text = formatProfile({ title: "a net", steps: 10, seconds: 1, kernels: [kernel], machine });
  assert.match(text, /Relu +1\.0 +30\.000 +30\.0 % +10\.0 GB\/s/);
  assert.match(text, /engine, tape, layers, optimizer +70\.000 +70\.0 %/);
  assert.match(text, /This machine: 50\.0 GFLOP\/s in products, 20\.0 GB\/s in copies\./);
});

test("bench -- zoo and bench -- profile refuse what they do not know, in one line", async () => {
  await assert.rejects(benchZoo(["--nets", "resnet"]), /--nets names "resnet"; there are batchNormCnn, residual,/);
  await assert.rejects(benchZoo(["--nets", "vae", "--predict"]), /--nets names "vae"; there are/);
  await assert.rejects(benchZoo(["--rounds", "0"]), /--rounds is "0"; give a whole number from 1 to 999/);
  await assert.rejects(benchProfile([]), /profile wants one net, of batchNormCnn/);
  await assert.rejects(benchProfile(["lstm", "--steps", "x"]), /--steps is "x"; give a whole number from 1 to 10000/);
});
