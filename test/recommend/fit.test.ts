import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { buildCoo } from "../../lib/recommend/coo";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { identityCsr } from "../../lib/recommend/csr";
import { fit, fitPartial } from "../../lib/recommend/fit";
import { buildRecommender, type Learned } from "../../lib/recommend/model";
import type { EpochInfo } from "../../lib/recommend/training";
import { predict } from "../../lib/recommend/predict";
import { recommend } from "../../lib/recommend/recommend";
import { checkerboard } from "./checkerboard";
import { lightfm, lightfmCase, lightfmInteractions, lightfmOptions } from "./lightfm";

const everything = lightfmOptions(lightfmCase("everything"));

test("fitPartial() five times for one epoch ends where fit() for five does, bit for bit", async () => {
  const once = buildRecommender({ seed: 3 });
  const resumed = buildRecommender({ seed: 3 });
  await fit(once, lightfmInteractions(), { ...everything, epochs: 5 });
  for (let epoch = 0; epoch < 5; epoch++) await fitPartial(resumed, lightfmInteractions(), everything);
  assert.deepEqual(resumed.learned!.items, once.learned!.items);
  assert.deepEqual(resumed.learned!.users, once.learned!.users);
  assert.deepEqual(resumed.learned!.seen.indices, once.learned!.seen.indices);
});

test("fitPartial() keeps the features of the last call when none are given", async () => {
  const model = buildRecommender({ seed: 3 });
  await fit(model, lightfmInteractions(), everything);
  await fitPartial(model, lightfmInteractions());
  assert.equal(model.learned!.itemFeatures, everything.itemFeatures);
  assert.equal(model.learned!.userFeatures, everything.userFeatures);
});

test("fitPartial() on other interactions remembers all pairs as seen", async () => {
  const model = buildRecommender();
  await fit(model, buildCoo({ rows: 2, columns: 5, rowIndices: [0, 1], columnIndices: [1, 2] }));
  await fitPartial(model, buildCoo({ rows: 2, columns: 5, rowIndices: [0, 1], columnIndices: [4, 2] }));
  assert.deepEqual([...model.learned!.seen.indices], [1, 4, 2]);
});

test("fit() starts anew, also on a model that has learned", async () => {
  const model = buildRecommender({ random: numpyRandom(8) });
  await fit(model, lightfmInteractions(), { epochs: 3 });
  await fit(model, lightfmInteractions(), { epochs: 0 });
  assert.ok(model.learned!.items.embeddingGradients.every((square) => square === 1));
  assert.ok(model.learned!.items.embeddings.every((value) => Math.abs(value) <= 0.05));
});

test("fit() from the same seed gives the same numbers, from another seed others", async () => {
  const [first, second, third] = [1, 1, 2].map((seed) => buildRecommender({ seed }));
  for (const model of [first, second, third]) await fit(model, lightfmInteractions(), { epochs: 2 });
  assert.deepEqual(first.learned, second.learned);
  assert.notDeepEqual(first.learned!.items.embeddings, third.learned!.items.embeddings);
});

test("fit() learns nothing from weights of zero", async () => {
  const model = buildRecommender();
  await fit(model, lightfmInteractions(), { epochs: 0 });
  const before = model.learned!.items.embeddings.slice();
  const history = await fitPartial(model, lightfmInteractions(), {
    epochs: 3,
    sampleWeight: lightfmInteractions(lightfm.weights.map(() => 0)),
  });
  assert.deepEqual(model.learned!.items.embeddings, before);
  assert.ok(model.learned!.users.biasGradients.every((square) => square === 1));
  assert.equal(history[2].loss, 0);
});

test("fit() lowers the loss and the rate of violations, and tells so after every epoch", async () => {
  const told: EpochInfo[] = [];
  const model = buildRecommender();
  const history = await fit(model, lightfmInteractions(), { epochs: 60, onEpoch: (info) => void told.push(info) });
  assert.deepEqual(told, history);
  assert.deepEqual([history[0].epoch, history[59].epoch, history[0].epochs], [1, 60, 60]);
  assert.ok(history[59].loss < history[0].loss / 2, `${history[0].loss} to ${history[59].loss}`);
  assert.ok(history[59].violationRate < history[0].violationRate);
  assert.ok(history.every(({ seconds }) => seconds >= 0));
});

test("fit() stops after the running epoch when asked, and keeps what was learned", async () => {
  const stopped = buildRecommender({ seed: 5 });
  const short = buildRecommender({ seed: 5 });
  const controller = new AbortController();
  const history = await fit(stopped, lightfmInteractions(), {
    epochs: 50,
    signal: controller.signal,
    onEpoch: ({ epoch }) => void (epoch === 2 && controller.abort()),
  });
  await fit(short, lightfmInteractions(), { epochs: 2 });
  assert.equal(history.length, 2);
  assert.deepEqual(stopped.learned!.items, short.learned!.items);
});

test("fit() is interrupted after the running epoch, says so, and keeps what was learned", async () => {
  const stopped = buildRecommender({ seed: 5 });
  const short = buildRecommender({ seed: 5 });
  const onEpoch = ({ epoch }: EpochInfo) => void (epoch === 2 && process.emit("SIGINT"));
  await assert.rejects(fit(stopped, lightfmInteractions(), { epochs: 50, onEpoch }), {
    name: "Interrupted",
    message: "fit(): interrupted after 2 of 50 epochs; the model keeps what it has learned",
  });
  await fit(short, lightfmInteractions(), { epochs: 2 });
  assert.deepEqual(stopped.learned!.items, short.learned!.items);
  assert.equal(process.listenerCount("SIGINT"), 0);
});

test("fit() hands over the new numbers within onEpoch", async () => {
  const model = buildRecommender();
  const scores: number[] = [];
  await fit(model, lightfmInteractions(), { epochs: 3, onEpoch: () => void scores.push(predict(model, 0)[0]) });
  assert.equal(new Set(scores).size, 3);
  assert.equal(predict(model, 0)[0], scores[2]);
});

test("fit() in one block is fit() without blocks, bit for bit; in several it learns in another order", async () => {
  const learned = async (block?: number) => {
    const model = buildRecommender({ seed: 3 });
    await fit(model, lightfmInteractions(), { ...everything, epochs: 2, block });
    return model.learned!.items;
  };
  const whole = await learned();
  const { length } = lightfmInteractions().values;
  assert.deepEqual(await learned(length), whole);
  assert.deepEqual(await learned(1e12), whole);
  assert.notDeepEqual(await learned(length - 1), whole);
  assert.notDeepEqual(await learned(7), await learned(8));
});

test("fit() accepts interactions without an entry", async () => {
  const model = buildRecommender();
  const empty = buildCoo({ rows: 2, columns: 3, rowIndices: [], columnIndices: [] });
  const [info] = await fit(model, empty);
  assert.deepEqual([info.loss, info.violationRate], [0, 0]);
});

test("fit() that diverges says so and leaves the model as it was", async () => {
  const interactions = lightfmInteractions();
  const tame = identityCsr(lightfm.items);
  const wild = { ...tame, values: tame.values.map(() => 1e25) };
  const model = buildRecommender({ components: 2 });
  await assert.rejects(fit(model, interactions, { itemFeatures: wild, epochs: 3 }), {
    name: "RangeError",
    message:
      "fit(): training diverged in epoch 1, item embeddings are no longer finite; the model is as it was before the call; lower the learning rate (0.05) or normalise the features",
  });
  assert.equal(model.learned, undefined);
  await fit(model, interactions);
  const before = predict(model, 1);
  await assert.rejects(fit(model, interactions, { itemFeatures: wild }), RangeError);
  assert.deepEqual(predict(model, 1), before);
});

test("fit() refuses arguments that do not go together, and the model stays as it was", async () => {
  const model = buildRecommender();
  const interactions = lightfmInteractions();
  await fit(model, interactions);
  const before = model.learned;
  const refused = async (options: Parameters<typeof fit>[2], error: { name: string; message: string }) =>
    assert.rejects(fit(model, interactions, options), error);
  await refused({ block: 0 }, { name: "RangeError", message: "fit(): block 0 is not an integer of 1 or more" });
  await refused({ epochs: -1 }, { name: "RangeError", message: "fit(): epochs -1 is not an integer of 0 or more" });
  await refused(
    { itemFeatures: identityCsr(24) },
    {
      name: "TypeError",
      message:
        "fit(): itemFeatures has 24 rows for 25 items; give one row of features for every item, in the order of the interactions' columns",
    },
  );
  await refused(
    { userFeatures: identityCsr(13) },
    {
      name: "TypeError",
      message:
        "fit(): userFeatures has 13 rows for 12 users; give one row of features for every user, in the order of the interactions' rows",
    },
  );
  const features = identityCsr(25);
  await refused(
    { itemFeatures: { ...features, values: features.values.map(() => NaN) } },
    {
      name: "RangeError",
      message: "fit(): itemFeatures: value 0 is NaN; wanted a finite number; drop or replace it",
    },
  );
  await refused(
    { itemFeatures: { ...features, columns: 20 } },
    {
      name: "RangeError",
      message: "fit(): itemFeatures: column index 20 at place 20 is outside the 20 there are, counted from 0",
    },
  );
  await refused(
    { itemFeatures: { ...features, values: new Float32Array(3) } },
    {
      name: "TypeError",
      message:
        "fit(): itemFeatures is not a matrix by compressed rows; make it with buildCsr, csrFromDense or buildItemFeatures",
    },
  );
  await refused(
    { sampleWeight: buildCoo({ rows: 12, columns: 25, rowIndices: [0], columnIndices: [0] }) },
    {
      name: "TypeError",
      message:
        "fit(): sampleWeight has other entries than the interactions; build both from the same rows, in the same order",
    },
  );
  await refused(
    { sampleWeight: lightfmInteractions(lightfm.weights.map(() => -1)) },
    {
      name: "RangeError",
      message: "fit(): sample weight 0 is -1; wanted 0 or more; leave out what should not be learned",
    },
  );
  await assert.rejects(fit(model, buildCoo({ rows: 0, columns: 0, rowIndices: [], columnIndices: [] })), {
    name: "RangeError",
    message:
      "fit(): interactions of 0 users and 0 items; wanted one of each at least; register them with buildDataset first",
  });
  await assert.rejects(fitPartial(model, interactions, { itemFeatures: csrFromDense(new Float32Array(50), 2) }), {
    name: "TypeError",
    message:
      "fitPartial(): itemFeatures has 2 columns, the model knows 25 item features; give the same features, or more behind them, or call fit to start anew",
  });
  assert.equal(model.learned, before);
});

test("fitPartial() lets the model grow by users, items and features, and keeps what it knew", async () => {
  const model = buildRecommender({ schedule: "adadelta" });
  await fit(model, checkerboard(8), { epochs: 3 });
  const known = model.learned!.items.embeddings.slice();
  await fitPartial(model, checkerboard(12), { epochs: 0 });
  const { items, users, itemFeatures, seen } = model.learned!;
  assert.deepEqual([items.features, users.features, itemFeatures.rows, seen.rows], [12, 12, 12, 12]);
  assert.deepEqual(items.embeddings.subarray(0, known.length), known);
  assert.ok(items.embeddings.subarray(known.length).every((value) => value !== 0 && Math.abs(value) <= 0.05));
  assert.ok(items.embeddingMomentum.subarray(known.length).every((value) => value === 0));
  assert.equal(items.embeddingMomentum.length, items.embeddings.length);
  await fitPartial(model, checkerboard(12), { epochs: 20 });
  assert.equal(recommend(model, 11, { count: 1 }).items[0], 11);
});

test("fitPartial() takes more columns of features behind the known ones", async () => {
  const model = buildRecommender();
  const features = (columns: number) => csrFromDense(new Float32Array(8 * columns).fill(1), columns);
  await fit(model, checkerboard(8), { itemFeatures: features(2) });
  const known = model.learned!.items.biases.slice();
  await fitPartial(model, checkerboard(8), { itemFeatures: features(5), epochs: 0 });
  assert.deepEqual([...model.learned!.items.biases], [...known, 0, 0, 0]);
  await assert.rejects(fitPartial(model, checkerboard(9)), {
    name: "TypeError",
    message:
      "fitPartial(): interactions have 9 items, the model knows the features of 8; give itemFeatures with a row for each",
  });
  const fewer = csrFromDense(new Float32Array(35).fill(1), 5);
  await assert.rejects(fitPartial(model, checkerboard(7), { itemFeatures: fewer }), {
    name: "TypeError",
    message:
      "fitPartial(): itemFeatures has 7 rows, the model knows 8 items; give a row for each, and new ones behind them",
  });
});

test("fitPartial() on a few of the users and items leaves the others known", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  await fitPartial(model, checkerboard(4), { epochs: 2 });
  assert.equal(predict(model, 7).length, 8);
});

test("fitPartial() freezes a side when told so", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const { items, users } = model.learned!;
  await fitPartial(model, checkerboard(8), { freeze: "items", epochs: 3 });
  assert.deepEqual(model.learned!.items, items);
  assert.notDeepEqual(model.learned!.users.embeddings, users.embeddings);
  const after = model.learned!;
  await fitPartial(model, checkerboard(8), { freeze: "users" });
  assert.deepEqual(model.learned!.users, after.users);
  assert.notDeepEqual(model.learned!.items.embeddings, after.items.embeddings);
});

for (const loss of ["logistic", "bpr", "warp", "warp-kos"] as const)
  test(`fitPartial() five times ends where fit() for five epochs does, ${loss} with adadelta and alphas`, async () => {
    const options = { loss, schedule: "adadelta", itemAlpha: 1e-3, userAlpha: 1e-3, seed: 3 } as const;
    const [once, resumed] = [buildRecommender(options), buildRecommender(options)];
    const features = lightfmOptions(lightfmCase("bothFeatures"));
    await fit(once, lightfmInteractions(), { ...features, epochs: 5 });
    for (let epoch = 0; epoch < 5; epoch++) await fitPartial(resumed, lightfmInteractions(), features);
    assert.deepEqual(resumed.learned!.items, once.learned!.items);
    assert.deepEqual(resumed.learned!.users, once.learned!.users);
  });

for (const form of ["teaching", "fast"] as const)
  test(`fit() that diverges later keeps what it had learned before, ${form} form`, async () => {
    const steady = buildRecommender({ seed: 4, components: 2 });
    const interactions = checkerboard(8);
    await fit(steady, interactions, { epochs: 2, form });
    const model = buildRecommender({ seed: 4, components: 2 });
    const spoil = ({ items }: Learned) => void (items.embeddingGradients[0] = NaN);
    const onEpoch = ({ epoch }: EpochInfo) => void (epoch === 2 && spoil(model.learned!));
    await assert.rejects(fit(model, interactions, { epochs: 9, form, onEpoch }), (error: Error) => {
      assert.match(error.message, /^fit\(\): training diverged in epoch 3, item embeddings are no longer finite; the model is as it was after epoch 2; lower/); // prettier-ignore
      return true;
    });
    spoil(steady.learned!);
    assert.deepEqual(model.learned!.items, steady.learned!.items);
    assert.deepEqual(model.learned!.users, steady.learned!.users);
    assert.equal(recommend(model, 0).items.length, recommend(steady, 0).items.length);
  });

test("fit() stops early when nothing gets better, and goes back to the best epoch", async () => {
  const model = buildRecommender();
  const values = [5, 3, 4, 4, 4, 0];
  const kept: Float32Array[] = [];
  const history = await fit(model, checkerboard(8), {
    epochs: 6,
    onEpoch: () => void kept.push(model.learned!.items.embeddings.slice()),
    earlyStopping: { monitor: ({ epoch }) => values[epoch - 1] },
  });
  assert.equal(history.length, 5);
  assert.deepEqual(model.learned!.items.embeddings, kept[1]);
});

test("fit() watches a number that is to grow, with an improvement worth naming", async () => {
  const model = buildRecommender();
  const values = [0.5, 0.55, 0.58, 0.9];
  const earlyStopping = { monitor: () => values.shift()!, goal: "higher", patience: 2, minDelta: 0.1, keepBest: false } as const; // prettier-ignore
  assert.equal((await fit(model, checkerboard(8), { epochs: 4, earlyStopping })).length, 3);
  const refused = (earlyStopping: object, message: string) =>
    assert.rejects(fit(model, checkerboard(8), { earlyStopping }), { name: "RangeError", message });
  const before = model.learned;
  await refused({ patience: 0 }, "earlyStopping: patience 0 is not an integer of 1 or more");
  await refused({ minDelta: -1 }, "earlyStopping: minDelta -1 is not a number of 0 or more");
  assert.equal(model.learned, before);
  await refused({ monitor: () => NaN }, "earlyStopping: monitor gave NaN after epoch 1; wanted a finite number");
});

test("fit() changes nothing when it was aborted beforehand", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const before = model.learned;
  assert.deepEqual(await fit(model, checkerboard(8), { signal: AbortSignal.abort() }), []);
  assert.deepEqual(await fitPartial(model, checkerboard(8), { signal: AbortSignal.abort() }), []);
  assert.equal(model.learned, before);
});

test("fit() refuses a second training of the same model at the same time", async () => {
  const model = buildRecommender();
  const first = fit(model, checkerboard(8), { epochs: 3 });
  await assert.rejects(fit(model, checkerboard(8)), {
    name: "RangeError",
    message: "fit(): this model is already being trained; wait for that call (await) before the next",
  });
  assert.equal((await first).length, 3);
  await fitPartial(model, checkerboard(8));
});

test("fit() knows users and items without interactions", async () => {
  const model = buildRecommender();
  await fit(model, buildCoo({ rows: 5, columns: 6, rowIndices: [1], columnIndices: [2] }), { epochs: 2 });
  assert.equal(predict(model, 4).length, 6);
  assert.ok(predict(model, 4).every(Number.isFinite));
});

test("fit() by default lets stored entries of 0 or less be negatives, and under compat does not", async () => {
  const interactions = buildCoo({ rows: 1, columns: 3, rowIndices: [0, 0, 0], columnIndices: [0, 1, 2], values: [1, -1, 0] }); // prettier-ignore
  for (const loss of ["warp", "bpr"] as const) {
    const model = buildRecommender({ loss });
    await fit(model, interactions, { epochs: 60 });
    assert.equal(recommend(model, 0, { excludeSeen: false }).items[0], 0);
    assert.ok(predict(model, 0)[0] > 0.5);
  }
  const faithful = buildRecommender({ compat: "lightfm" });
  const [info] = await fit(faithful, interactions);
  assert.equal(info.violationRate, 0);
});

test("fit() by default never takes a disliked item for a positive of warp-kos", async () => {
  const one = { rows: 1, columns: 6, rowIndices: [0, 0, 0, 0], columnIndices: [0, 1, 2, 3], values: [1, -1, -1, -1] };
  const model = buildRecommender({ loss: "warp-kos", k: 1 });
  await fit(model, buildCoo(one), { epochs: 60 });
  const { items } = recommend(model, 0, { excludeSeen: false });
  assert.equal(items[0], 0);
  const few = buildCoo({ rows: 1, columns: 2, rowIndices: [0], columnIndices: [0] });
  const options = { loss: "warp-kos", maxSampled: 50, seed: 7 } as const;
  await fit(buildRecommender(options), few, { epochs: 20 });
  await assert.rejects(fit(buildRecommender({ ...options, compat: "lightfm" }), few, { epochs: 20 }), /diverged/);
});

test("fit() leaves user biases where they are by default, and lets them drift under compat", async () => {
  for (const loss of ["warp", "bpr", "warp-kos"] as const) {
    const [ours, theirs] = [buildRecommender({ loss }), buildRecommender({ loss, compat: "lightfm" })];
    for (const model of [ours, theirs]) await fit(model, checkerboard(12), { epochs: 5 });
    assert.ok(ours.learned!.users.biases.every((bias) => bias === 0));
    assert.ok(theirs.learned!.users.biases.every((bias) => bias < 0));
  }
});

test("fit() pulls towards 0 by the alphas, however large, without overshooting", async () => {
  const norm = async (alpha: number) => {
    const model = buildRecommender({ itemAlpha: alpha, userAlpha: alpha });
    await fit(model, checkerboard(12), { epochs: 5 });
    return Math.hypot(...model.learned!.items.embeddings);
  };
  const [none, some, much] = [await norm(0), await norm(0.5), await norm(1e6)];
  assert.ok(none > some && some > much && much < 0.2, `${none}, ${some}, ${much}`);
});

test("fit() refuses weights for warp-kos", async () => {
  const model = buildRecommender({ loss: "warp-kos" });
  await assert.rejects(fit(model, checkerboard(4), { sampleWeight: checkerboard(4) }), {
    name: "RangeError",
    message:
      'fit(): "warp-kos" takes no sampleWeight, as an interaction only tells it the user; leave the weights out, or use the loss "warp"',
  });
});

test("fit() tells disliked from liked by logistic regression", async () => {
  const model = buildRecommender({ loss: "logistic" });
  const cells = Array.from({ length: 144 }, (_, cell) => [Math.floor(cell / 12), cell % 12]);
  const interactions = buildCoo({
    rows: 12,
    columns: 12,
    rowIndices: cells.map(([user]) => user),
    columnIndices: cells.map(([, item]) => item),
    values: cells.map(([user, item]) => (user % 2 === item % 2 ? 1 : -1)),
  });
  const history = await fit(model, interactions, { epochs: 100 });
  assert.ok(history[99].violationRate === 0 && history[99].loss < 0.1, JSON.stringify(history[99]));
  assert.ok(predict(model, 3)[5] > 0 && predict(model, 3)[4] < 0);
});

test("a refused call leaves the model's generator where it stood", async () => {
  const interactions = checkerboard(8);
  const [refusedFirst, plain] = [buildRecommender(), buildRecommender()];
  await assert.rejects(fit(refusedFirst, interactions, { earlyStopping: { patience: 0 } }), /patience 0/);
  await fit(refusedFirst, interactions);
  await fit(plain, interactions);
  assert.deepEqual(refusedFirst.learned!.items, plain.learned!.items);
});
