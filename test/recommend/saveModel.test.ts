import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { fit } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { predict } from "../../lib/recommend/predict";
import { loadModel, saveModel } from "../../lib/recommend/saveModel";
import { checkerboard } from "./checkerboard";

test("saveModel() and loadModel() keep a model in one file, and leave nothing else behind", async (context) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "recommender-"));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, "models", "shop.bin");
  const model = buildRecommender();
  await fit(model, checkerboard(8));
  saveModel(file, { model: buildRecommender() });
  saveModel(file, { model });
  assert.deepEqual(predict(loadModel(file).model, 3), predict(model, 3));
  assert.deepEqual(fs.readdirSync(path.dirname(file)), ["shop.bin"]);
  assert.throws(() => saveModel(path.dirname(file), { model }));
  assert.deepEqual(fs.readdirSync(folder), ["models"]);
});
