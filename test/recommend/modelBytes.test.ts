import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/files";
import { seededRandom } from "../../lib/random";
import { buildDataset } from "../../lib/recommend/dataset";
import { buildItemFeatures } from "../../lib/recommend/features";
import { fit, fitPartial } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { modelFromBytes, modelToBytes } from "../../lib/recommend/modelBytes";
import { predict } from "../../lib/recommend/predict";
import { recommendFor } from "../../lib/recommend/recommend";
import { checkerboard } from "./checkerboard";
import { lightfmCase, lightfmInteractions, lightfmOptions } from "./lightfm";

for (const schedule of ["adagrad", "adadelta"] as const)
  test(`modelFromBytes() gives bit-equal scores, and further training is as if uninterrupted, ${schedule}`, async () => {
    const model = buildRecommender({ schedule, loss: "bpr", itemAlpha: 1e-4, compat: "lightfm" });
    const features = lightfmOptions(lightfmCase("everything"));
    await fit(model, lightfmInteractions(), { ...features, epochs: 2 });
    const loaded = modelFromBytes(modelToBytes({ model })).model;
    for (let user = 0; user < 12; user++) assert.deepEqual(predict(loaded, user), predict(model, user));
    for (const each of [model, loaded]) await fitPartial(each, lightfmInteractions(), { epochs: 2 });
    assert.deepEqual({ ...loaded.learned, representations: 0 }, { ...model.learned, representations: 0 });
    assert.equal(loaded.compat, "lightfm");
    assert.equal(loaded.random.uniform(), model.random.uniform());
  });

test("modelFromBytes() brings back names of all kinds, and their features", async () => {
  const ids = ["anna", "", "5", 5, -0.25, "li\ne", "\ud800", "😀"];
  const dataset = buildDataset({ users: ids, items: ids, itemFeatures: ["warm", 7] });
  const model = buildRecommender({ random: seededRandom(3) });
  const itemFeatures = buildItemFeatures(dataset, [["anna", ["warm", 7]]]);
  await fit(model, checkerboard(8), { itemFeatures });
  const loaded = modelFromBytes(modelToBytes({ model, dataset }));
  assert.deepEqual(loaded.dataset, dataset);
  assert.deepEqual(recommendFor(loaded.dataset!, loaded.model, 5), recommendFor(dataset, model, 5));
});

test("modelToBytes() takes a model that has not learned anything", () => {
  const { model, dataset } = modelFromBytes(modelToBytes({ model: buildRecommender({ components: 3 }) }));
  assert.deepEqual([model.components, model.learned, dataset], [3, undefined, undefined]);
});

test("modelToBytes() takes arrays that are views on part of a buffer, shared ones too", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const { items } = model.learned!;
  const shared = new Float32Array(new SharedArrayBuffer(items.embeddings.byteLength + 64), 32, items.embeddings.length);
  shared.set(items.embeddings);
  const viewed = { ...model, learned: { ...model.learned!, items: { ...items, embeddings: shared } } };
  assert.deepEqual(modelToBytes({ model: viewed }), modelToBytes({ model }));
});

test("modelFromBytes() takes bytes that do not start at their buffer's start", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const bytes = modelToBytes({ model });
  const moved = new Uint8Array(bytes.length + 3).subarray(3);
  moved.set(bytes);
  assert.deepEqual(predict(modelFromBytes(moved).model, 1), predict(model, 1));
});

test("modelFromBytes() reads what version 1 of the form wrote", async () => {
  const written = readFileSync(join(projectRoot, "test", "fixtures", "recommender-version-1.bin"));
  const model = buildRecommender({ components: 2, random: seededRandom(4) });
  await fit(model, checkerboard(8), { epochs: 2, form: "teaching" });
  const read = modelFromBytes(written).model;
  assert.deepEqual({ ...read.learned, representations: 0 }, { ...model.learned, representations: 0 });
  assert.deepEqual(read.random.state(), model.random.state());
});

test("modelFromBytes() refuses what is no model, of another version, cut short or changed", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  const bytes = modelToBytes({ model });
  const refused = (wrong: Uint8Array, message: string) =>
    assert.throws(() => modelFromBytes(wrong), { name: "SyntaxError", message });
  const none = "modelFromBytes(): this is no saved model; pass what modelToBytes or saveModel wrote";
  refused(new Uint8Array(0), none);
  refused(new TextEncoder().encode("{}".repeat(50)), none);
  refused(
    bytes.map((byte, place) => (place === 8 ? 3 : byte)),
    "modelFromBytes(): the model was saved in version 3 of the form, this code reads versions 1 and 2; load it with the code that saved it, or fit it anew",
  );
  const changed =
    "modelFromBytes(): the saved model is cut short or was changed, its checksum does not match; save it again, or take another copy";
  refused(bytes.subarray(0, bytes.length - 1), changed);
  for (const place of [20, 900, bytes.length - 1])
    refused(
      bytes.map((byte, at) => (at === place ? byte ^ 1 : byte)),
      changed,
    );
});

test("modelToBytes() refuses a generator it could not bring back", () => {
  const random = { ...seededRandom(1), state: () => [1] };
  assert.throws(() => modelToBytes({ model: buildRecommender({ random }) }), {
    name: "TypeError",
    message:
      "modelToBytes(): the model's generator has a state of 1 words; build the model with numpyRandom or seededRandom to save it",
  });
});
