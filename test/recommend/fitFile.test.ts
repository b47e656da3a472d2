import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test, type TestContext } from "node:test";
import type { Coo } from "../../lib/recommend/coo";
import { fit, fitPartial, type FitOptions } from "../../lib/recommend/fit";
import type { InteractionFile } from "../../lib/recommend/interactionFile";
import { auc } from "../../lib/recommend/metrics";
import { buildRecommender, type RecommenderOptions } from "../../lib/recommend/model";
import { toScorer } from "../../lib/recommend/predict";
import { splitByUser } from "../../lib/recommend/splits/splitByUser";
import type { EpochInfo } from "../../lib/recommend/training";
import { writeInteractionFile } from "../../lib/recommend/writeInteractionFile";
import { numpyRandom } from "../../lib/random";
import { checkerboard, plantedTastes } from "./checkerboard";
import { makeTask, type TaskOptions } from "./fast/tasks";
import { tempFolder } from "./tempFolder";

const write = (context: TestContext, interactions: Coo) =>
  writeInteractionFile(path.join(tempFolder(context), "interactions.bin"), interactions);

/** Linux's list of what this process has open. */
const HANDLES = "/proc/self/fd";

function isOpen(file: string): boolean {
  const targetOf = (handle: string) => {
    try {
      return fs.readlinkSync(path.join(HANDLES, handle));
    } catch {
      return undefined; // the list's own handle, closed by now
    }
  };
  return fs.readdirSync(HANDLES).map(targetOf).includes(fs.realpathSync(file));
}

/** What a new model learns, and what it says of each epoch, the time apart. */
async function learn(interactions: Coo | InteractionFile, settings: RecommenderOptions, options: FitOptions) {
  const model = buildRecommender({ seed: 3, ...settings });
  const history = await fit(model, interactions, { epochs: 2, ...options });
  return { learned: model.learned, history: history.map((info) => ({ ...info, seconds: 0 })), state: model.random.state() }; // prettier-ignore
}

/** Users and items that fit into a word and those that do not, disliked items and pairs that come twice among them. */
const SHAPES: TaskOptions[] = [
  {},
  { users: 1, items: 1, entries: 1 },
  { users: 300, items: 2, entries: 2000 },
  { users: 40_000, items: 40_000, entries: 900 },
];

for (const shape of SHAPES)
  test(`fit() from a file is fit() from memory, bit for bit: ${JSON.stringify(shape)}`, async (context) => {
    const { interactions } = makeTask(shape);
    const file = await write(context, interactions);
    for (const loss of ["warp", "warp-kos", "logistic"] as const)
      for (const block of [7, 333, 5000]) {
        const settings = { loss, components: loss === "warp" ? 7 : 2 };
        assert.deepEqual(await learn(file, settings, { block }), await learn(interactions, settings, { block }));
      }
    assert.deepEqual(await learn(file, {}, {}), await learn(interactions, {}, {}));
  });

test("fit() from a file is fit() from memory with features, alphas, adadelta and a frozen side", async (context) => {
  const { interactions, itemFeatures, userFeatures } = makeTask({ features: true });
  const file = await write(context, interactions);
  const settings = { schedule: "adadelta", itemAlpha: 0.01, userAlpha: 0.02 } as const;
  for (const freeze of [undefined, "items"] as const) {
    const options = { itemFeatures, userFeatures, freeze, block: 100 };
    assert.deepEqual(await learn(file, settings, options), await learn(interactions, settings, options));
  }
});

for (const threads of [2, 3])
  test(`fit() from a file visits every interaction once on ${threads} threads, and learns as well`, async (context) => {
    const { train, test } = splitByUser(plantedTastes({ users: 300, each: 30 }), { random: numpyRandom(2) });
    const file = await write(context, train);
    const still = { loss: "logistic", learningRate: 1e-30 } as const;
    const [one, several] = [1, threads].map((count) => learn(file, still, { threads: count, block: 1000 }));
    const losses = [(await one).history, (await several).history].map((history) => history[1].loss);
    assert.ok(Math.abs(losses[0] - losses[1]) < 1e-9, losses.join(" "));
    const model = buildRecommender({ seed: 6 });
    await fit(model, file, { epochs: 15, threads, block: 1000 });
    const quality = auc(toScorer(model), test, { train }).mean;
    assert.ok(quality > 0.75, String(quality));
  });

test("fitPartial() from a file goes on as from memory, and also changes between the two", async (context) => {
  const interactions = plantedTastes();
  const file = await write(context, interactions);
  const [once, resumed] = [buildRecommender({ seed: 3 }), buildRecommender({ seed: 3 })];
  await fit(once, interactions, { epochs: 4, block: 500 });
  for (const source of [file, file, interactions, file]) await fitPartial(resumed, source, { block: 500 });
  assert.deepEqual(resumed.learned, once.learned);
});

test("fitPartial() lets a model grow by a file, and learns from a file about its first users and items", async (context) => {
  const [small, large] = [await write(context, checkerboard(8)), await write(context, checkerboard(12))];
  const [streamed, inMemory] = [buildRecommender(), buildRecommender()];
  for (const file of [small, large, small]) await fitPartial(streamed, file, { block: 20 });
  for (const size of [8, 12, 8]) await fitPartial(inMemory, checkerboard(size), { block: 20 });
  assert.deepEqual(streamed.learned, inMemory.learned);
  assert.equal(streamed.learned!.items.features, 12);
});

test("fit() from a file tells of every epoch and stops when asked, as from memory", async (context) => {
  const file = await write(context, checkerboard(20));
  const two = await learn(file, {}, { epochs: 2 });
  const told: EpochInfo[] = [];
  const controller = new AbortController();
  const onEpoch = (info: EpochInfo) => {
    told.push(info);
    if (info.epoch === 2) controller.abort();
  };
  const stopped = buildRecommender({ seed: 3 });
  const history = await fit(stopped, file, { epochs: 50, signal: controller.signal, onEpoch });
  assert.deepEqual(told, history);
  assert.deepEqual([history.length, stopped.learned], [2, two.learned]);
  const interrupted = buildRecommender({ seed: 3 });
  const interrupt = ({ epoch }: EpochInfo) => void (epoch === 2 && process.emit("SIGINT"));
  await assert.rejects(fit(interrupted, file, { epochs: 50, onEpoch: interrupt }), {
    name: "Interrupted",
    message: "fit(): interrupted after 2 of 50 epochs; the model keeps what it has learned",
  });
  assert.deepEqual(interrupted.learned, two.learned);
  assert.equal(process.listenerCount("SIGINT"), 0);
});

test("fit() that is stopped while it reads what the users chose has changed nothing", async (context) => {
  const file = await write(context, plantedTastes({ users: 20_000, items: 996, each: 50 }));
  const model = buildRecommender();
  const state = model.random.state();
  const onEpoch = () => assert.fail("no epoch may begin");
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  assert.deepEqual(await fit(model, file, { epochs: 9, signal: controller.signal, onEpoch }), []);
  setTimeout(() => process.emit("SIGINT"), 1);
  await assert.rejects(fit(model, file, { epochs: 9, onEpoch }), {
    name: "Interrupted",
    message: "fit(): interrupted after 0 of 9 epochs; the model keeps what it has learned",
  });
  assert.deepEqual([model.learned, model.random.state()], [undefined, state]);
  assert.equal(process.listenerCount("SIGINT"), 0);
});

test("fit() refuses a file that is damaged, cut or replaced, and the model stays as it was", async (context) => {
  const file = await write(context, checkerboard(20));
  const model = buildRecommender();
  await fit(model, file);
  const before = model.learned;
  const whole = fs.readFileSync(file.path);
  const refused = async (bytes: Uint8Array, message: RegExp) => {
    fs.writeFileSync(file.path, bytes);
    for (const train of [fit, fitPartial]) await assert.rejects(train(model, file), { name: "SyntaxError", message });
    assert.equal(model.learned, before);
  };
  const damaged = Buffer.from(whole);
  damaged[damaged.length - 2] ^= 1;
  await refused(damaged, /interactions\.bin is damaged, its interactions do not match its checksum; write it anew, or take another copy$/); // prettier-ignore
  const outside = Buffer.from(whole);
  outside[80] = 200;
  await refused(outside, /is damaged/);
  await refused(whole.subarray(0, 500), /interactions\.bin has 500 bytes, wanted 1512; it was cut short or written to/); // prettier-ignore
  await writeInteractionFile(file.path, checkerboard(22));
  await refused(fs.readFileSync(file.path), /interactions\.bin has other interactions than when it was opened; open it again$/); // prettier-ignore
});

test("fit() from a file that is cut while it is learned from says so, and keeps the epochs before", async (context) => {
  const file = await write(context, checkerboard(20));
  const model = buildRecommender({ seed: 3 });
  const { learned } = await learn(file, {}, { epochs: 1 });
  const onEpoch = () => fs.truncateSync(file.path, 400);
  await assert.rejects(fit(model, file, { epochs: 3, onEpoch, block: 100_000 }), /was cut short while it was read/);
  assert.deepEqual(model.learned!.items.embeddings, learned!.items.embeddings);
});

test(
  "fit() lets go of a file when it is done, also where it fails",
  { skip: !fs.existsSync(HANDLES) },
  async (context) => {
    const file = await write(context, checkerboard(20));
    const seen: boolean[] = [];
    const onEpoch = () => void seen.push(isOpen(file.path));
    await fit(buildRecommender(), file, { onEpoch });
    await assert.rejects(
      fit(buildRecommender({ learningRate: 1e30, loss: "logistic" }), file, { epochs: 5 }),
      /diverged/,
    );
    assert.deepEqual([seen, isOpen(file.path)], [[true], false]);
  },
);

test("fit() refuses for a file what needs the interactions in memory", async (context) => {
  const file = await write(context, checkerboard(6));
  const refused = (settings: RecommenderOptions, options: FitOptions, message: string) =>
    assert.rejects(fit(buildRecommender(settings), file, options), {
      name: "RangeError",
      message: `fit(): ${message}`,
    });
  await refused({ loss: "bpr" }, {}, '"bpr" draws its items from all interactions, which a file does not hold in memory; use the loss "warp", or give the interactions as a matrix'); // prettier-ignore
  await refused({}, { form: "teaching" }, "the teaching form needs the interactions in memory; leave it out, or give the interactions as a matrix"); // prettier-ignore
  await refused({ compat: "lightfm" }, {}, 'the teaching form, the only one of compat: "lightfm", needs the interactions in memory; leave it out, or give the interactions as a matrix'); // prettier-ignore
  await refused({}, { sampleWeight: checkerboard(6) }, "sampleWeight does not go with a file of interactions; leave it out, or give the interactions as a matrix"); // prettier-ignore
  const huge = { ...file, length: 2 ** 31 };
  await assert.rejects(fit(buildRecommender(), huge), {
    name: "RangeError",
    message: `fit(): ${file.path} has 2147483648 interactions; wanted 2147483647 at most; split it`,
  });
  const empty = await writeInteractionFile(file.path, []);
  await assert.rejects(
    fit(buildRecommender(), empty),
    /interactions of 0 users and 0 items; wanted one of each at least/,
  );
});
