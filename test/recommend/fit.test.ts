import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { buildCoo } from "../../lib/recommend/coo";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { identityCsr } from "../../lib/recommend/csr";
import { fit, fitPartial } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import type { EpochInfo } from "../../lib/recommend/training";
import { predict } from "../../lib/recommend/predict";
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

test("fit() hands over the new numbers within onEpoch", async () => {
  const model = buildRecommender();
  const scores: number[] = [];
  await fit(model, lightfmInteractions(), { epochs: 3, onEpoch: () => void scores.push(predict(model, 0)[0]) });
  assert.equal(new Set(scores).size, 3);
  assert.equal(predict(model, 0)[0], scores[2]);
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
