import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildServices } from "../../../lib/demo/models/buildServices";
import { openModels, PACKED_FILES, packModels } from "../../../lib/demo/models/packedModels";
import type { DemoServices } from "../../../lib/demo/services";
import { plantedModels } from "../plantedModels";

const folder = mkdtempSync(join(tmpdir(), "packed-models-"));
let [learned, opened]: DemoServices[] = [];

before(async () => {
  const models = await plantedModels();
  await packModels(models, folder);
  [learned, opened] = [buildServices(models), buildServices(await openModels(folder))];
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("packModels() writes the files that it says, and no others", () => {
  const names = (readdirSync(folder, { recursive: true }) as string[]).map((name) => name.replace(/\\/g, "/"));
  assert.deepEqual(names.filter((name) => statSync(join(folder, name)).isFile()).sort(), [...PACKED_FILES].sort()); // prettier-ignore
});

test("openModels() gives models whose answers are the same, without the data", async () => {
  const images = Float32Array.from(learned.classifier.examples[3].pixels, (level) => level / 255);
  assert.deepEqual(opened.classifier.examples, learned.classifier.examples);
  assert.deepEqual(await opened.classifier.classify(images), await learned.classifier.classify(images));
  assert.deepEqual(opened.shop.items, learned.shop.items);
  for (const user of ["0", "7"]) {
    assert.deepEqual(opened.shop.history(user), learned.shop.history(user));
    assert.deepEqual(opened.shop.recommend(user, 5), learned.shop.recommend(user, 5));
  }
  assert.deepEqual(opened.shop.similar(2, 5), learned.shop.similar(2, 5));
  assert.deepEqual(opened.forecaster.forecast("Coat", 13), learned.forecaster.forecast("Coat", 13));
});
