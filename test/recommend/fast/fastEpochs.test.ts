import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import { numpyRandom } from "../../../lib/random";
import { teachingEpoch } from "../../../lib/recommend/epochs";
import { copyFactors } from "../../../lib/recommend/factors";
import { openFastEpochs } from "../../../lib/recommend/fast/fastEpochs";
import { borrowKernels } from "../../../lib/recommend/fast/kernels";
import { fit, fitPartial } from "../../../lib/recommend/fit";
import { auc } from "../../../lib/recommend/metrics";
import { buildRecommender } from "../../../lib/recommend/model";
import { drawPass } from "../../../lib/recommend/pass";
import { predict, toScorer } from "../../../lib/recommend/predict";
import { splitByUser } from "../../../lib/recommend/splits/splitByUser";
import type { EpochResult, Task } from "../../../lib/recommend/task";
import { writeInteractionFile } from "../../../lib/recommend/writeInteractionFile";
import { checkerboard, plantedTastes } from "../checkerboard";
import { tempFolder } from "../tempFolder";
import { largestDifference, makeTask, type TaskOptions } from "./tasks";

/**
 * How far the fast form may be from the teaching form: as a share of an array's largest number, and in the loss. It holds
 * as long as no two scores are compared that are equal but for rounding, as is so here in both builds.
 */
const BOUND = 2e-5;

const COMPONENTS = [1, 2, 3, 7, 8, 10, 30, 33];

/** Trains both forms on the same task. */
async function difference(options: TaskOptions): Promise<{ apart: number; results: [EpochResult, EpochResult] }[]> {
  const fast = makeTask(options);
  const teaching: Task = { ...fast, items: copyFactors(fast.items), users: copyFactors(fast.users) };
  const epochs = openFastEpochs(fast, 1);
  const apart: { apart: number; results: [EpochResult, EpochResult] }[] = [];
  const [random, same] = [numpyRandom(4), numpyRandom(4)];
  for (let epoch = 0; epoch < 5; epoch++) {
    const results: [EpochResult, EpochResult] = [
      await epochs.run(random),
      teachingEpoch(teaching, drawPass(teaching, same)),
    ];
    const { items, users } = fast;
    apart.push({
      apart: Math.max(largestDifference(items, teaching.items), largestDifference(users, teaching.users)),
      results,
    });
  }
  epochs.close();
  return apart;
}

let count = 0;
for (const loss of ["logistic", "bpr", "warp", "warp-kos"] as const)
  for (const schedule of ["adagrad", "adadelta"] as const)
    for (const features of [false, true])
      test(`the fast form learns what the teaching form does: ${loss}, ${schedule}, ${features ? "features" : "plain"}`, async () => {
        for (const alpha of [0, 0.01])
          for (const weights of [false, true])
            for (const freeze of [undefined, "items", "users"] as const) {
              const components = COMPONENTS[count++ % COMPONENTS.length];
              const settings = { loss, schedule, itemAlpha: alpha, userAlpha: alpha / 2 };
              const options = { components, settings, features, weights, freeze, pool: count % 3 === 0 };
              for (const [epoch, { apart, results }] of (await difference(options)).entries()) {
                const name = `${JSON.stringify(options)}, epoch ${epoch + 1}: ${apart}, ${JSON.stringify(results)}`;
                const [fast, teaching] = results;
                assert.ok(apart <= BOUND, name);
                assert.ok(Math.abs(fast.loss - teaching.loss) <= BOUND * teaching.loss, name);
                assert.equal(fast.violationRate, teaching.violationRate, name);
              }
            }
      });

for (const block of [1, 64, 333, 700, 9000])
  test(`the fast form learns what the teaching form does, in blocks of ${block}`, async () => {
    for (const weights of [false, true])
      for (const loss of ["logistic", "bpr", "warp", "warp-kos"] as const)
        for (const { apart, results } of await difference({ settings: { loss }, block, weights })) {
          assert.ok(apart <= BOUND, `${loss}: ${apart}`);
          assert.equal(results[0].violationRate, results[1].violationRate, loss);
        }
  });

test("the fast form says that training diverged as the teaching form does", async () => {
  const messages: string[] = [];
  for (const form of ["fast", "teaching"] as const) {
    const model = buildRecommender({ components: 3, loss: "logistic", learningRate: 1e30 });
    await fit(model, checkerboard(8), { form, epochs: 0 });
    const before = model.learned;
    await assert.rejects(fitPartial(model, checkerboard(8), { form, epochs: 5 }), (error: Error) => {
      messages.push(error.message);
      return error instanceof RangeError;
    });
    assert.equal(model.learned, before);
    assert.ok(predict(model, 0).every(Number.isFinite));
  }
  assert.match(messages[0], /diverged in epoch 1, item embeddings are no longer finite/);
  assert.equal(messages[0], messages[1]);
});

test("several threads visit every interaction once", async () => {
  const settings = { loss: "logistic", learningRate: 1e-30 } as const;
  const results: EpochResult[] = [];
  for (const [threads, block] of [[1], [2], [3], [2, 10_000], [3, 777]]) {
    const task = makeTask({ entries: 30_011, settings, block });
    const epochs = openFastEpochs(task, threads);
    results.push(await epochs.run(numpyRandom(4)));
    epochs.close();
  }
  for (const { loss, violationRate } of results) {
    assert.ok(Math.abs(loss - results[0].loss) < 1e-9);
    assert.equal(violationRate, results[0].violationRate);
  }
});

for (const loss of ["warp", "bpr", "warp-kos"] as const)
  test(`several threads learn as well as one: ${loss}`, async () => {
    const { train, test } = splitByUser(plantedTastes({ users: 300, each: 30 }), { random: numpyRandom(2) });
    const quality: number[] = [];
    for (const threads of [1, 2]) {
      const model = buildRecommender({ loss, seed: 6 });
      await fit(model, train, { epochs: 15, threads });
      quality.push(auc(toScorer(model), test, { train }).mean);
    }
    assert.ok(quality[0] > 0.75 && Math.abs(quality[1] - quality[0]) < 0.02, quality.join(" "));
  });

test("an epoch that takes long lets timers run", async () => {
  const task = makeTask({ users: 2000, items: 3000, entries: 400_000, components: 64 });
  const epochs = openFastEpochs(task, 1);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await epochs.run(numpyRandom(4));
  clearInterval(timer);
  epochs.close();
  assert.ok(ticks > 0);
});

test("two trainings at once do not disturb each other", async () => {
  const train = async () => {
    const model = buildRecommender({ seed: 2, components: 40 });
    await fit(model, checkerboard(200), { epochs: 3 });
    return model.learned!.items;
  };
  const alone = await train();
  for (const items of await Promise.all([train(), train()])) assert.deepEqual(items, alone);
});

test("memory is given back: many trainings take no more than one", async () => {
  const kernels = borrowKernels(1);
  const { allocator, memory } = kernels.pool;
  const used = allocator.used();
  await fit(buildRecommender(), checkerboard(60));
  const bytes = memory.buffer.byteLength;
  for (let i = 0; i < 50; i++) await fit(buildRecommender(), checkerboard(60));
  await assert.rejects(fit(buildRecommender(), checkerboard(60), { onEpoch: () => Promise.reject(new Error("no")) }));
  assert.equal(allocator.used(), used);
  assert.equal(memory.buffer.byteLength, bytes);
  kernels.close();
});

test("a training that memory does not suffice for is refused, and the next one goes well", async (context) => {
  const kernels = borrowKernels(1);
  const used = kernels.pool.allocator.used();
  const task = makeTask();
  assert.throws(() => openFastEpochs({ ...task, items: { ...task.items, features: 2 ** 26 } }, 1), {
    name: "RangeError",
    message:
      'fit(): 700 interactions and 671089040 numbers to learn are more than the fast form has memory for, 4 GiB at most; take fewer components, or form: "teaching", which is slower',
  });
  const file = await writeInteractionFile(path.join(tempFolder(context), "a.bin"), task.interactions);
  const streamed = { ...task, interactions: file, weights: new Float32Array(0) };
  assert.throws(() => openFastEpochs({ ...streamed, items: { ...task.items, features: 2 ** 26 } }, 1), {
    name: "RangeError",
    message:
      "fit(): 700 interactions and 671089040 numbers to learn are more than the fast form has memory for, 4 GiB at most; take fewer components",
  });
  assert.equal(kernels.pool.allocator.used(), used);
  kernels.close();
  const epochs = openFastEpochs(task, 1);
  assert.ok((await epochs.run(numpyRandom(4))).loss > 0);
  epochs.close();
});

test("settings larger than any 32-bit number work", async () => {
  const settings = { loss: "warp-kos", maxSampled: 1e12, n: 1e12, k: 1e12 } as const;
  const [one] = await difference({ users: 4, items: 1000, entries: 20, settings });
  assert.ok(one.apart <= BOUND && one.results[0].violationRate > 0);
});

test("where bits for users and items take too much memory, and a pair more than a word, both are looked up in lists", async () => {
  const options = { users: 20_000, items: 200_000, entries: 3000, components: 3, settings: { loss: "bpr" } } as const;
  for (const { apart } of await difference(options)) assert.ok(apart <= BOUND, `${apart}`);
});
