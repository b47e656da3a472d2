import assert from "node:assert/strict";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { fileSystem } from "../../../../lib/compute/simd/corrections/fileIo";
import { near, useSimd } from "./keras";

before(useSimd);

const scratch = fs.mkdtempSync(join(tmpdir(), "file io "));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

function makeModel(optimizer: tf.Optimizer): tf.LayersModel {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dense({ units: 1 })],
  });
  model.compile({ optimizer, loss: "meanSquaredError", metrics: ["mse"] });
  return model;
}

const x = () => tf.tensor2d([[1, 2], [3, 4], [-1, 0], [0, 2]]); // prettier-ignore
const y = () => tf.tensor2d([[1], [0], [2], [1]]);

async function step(model: tf.LayersModel): Promise<number> {
  return ((await model.trainOnBatch(x(), y())) as number[])[0];
}

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.05, 0.9),
  rmsprop: () => tf.train.rmsprop(0.01),
  adam: () => tf.train.adam(0.05),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.5),
};

for (const [name, make] of Object.entries(OPTIMIZERS))
  test(`a model that was saved with ${name} trains on as if it had not been`, async () => {
    const folder = join(scratch, "runs", name);
    const model = makeModel(make());
    for (let i = 0; i < 3; i++) await step(model);
    const { modelArtifactsInfo } = await model.save(`file://${folder}`, { includeOptimizer: true });
    assert.equal(modelArtifactsInfo.modelTopologyType, "JSON");
    assert.deepEqual(fs.readdirSync(folder).sort(), ["model.json", "weights.bin"]);
    const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
    near((loaded.predict(x()) as tf.Tensor).dataSync(), (model.predict(x()) as tf.Tensor).dataSync(), "predicted", 0);
    assert.deepEqual([await step(loaded), await step(loaded)], [await step(model), await step(model)]);
  });

test("the files are tfjs-node's: a manifest that names weights.bin, and what the program says of the model", async () => {
  const folder = join(scratch, "layout");
  const model = makeModel(tf.train.sgd(0.1));
  model.setUserDefinedMetadata({ lesson: 7 });
  await model.save(`file://${folder}`);
  const { weightsManifest, ...text } = JSON.parse(fs.readFileSync(join(folder, "model.json"), "utf8"));
  assert.deepEqual(Object.keys(text), ["modelTopology", "format", "generatedBy", "convertedBy", "userDefinedMetadata"]);
  assert.deepEqual(weightsManifest.map(({ paths }: { paths: string[] }) => paths), [["weights.bin"]]); // prettier-ignore
  assert.equal(weightsManifest[0].weights.length, 4);
  assert.equal(fs.statSync(join(folder, "weights.bin")).size, 4 * (2 * 3 + 3 + 3 + 1));
  const loaded = await tf.loadLayersModel(fileSystem(join(folder, "model.json")));
  assert.deepEqual(loaded.getUserDefinedMetadata(), { lesson: 7 });
});

test("weights in several files, as converters write them, are put together", async () => {
  const folder = join(scratch, "shards");
  const model = makeModel(tf.train.sgd(0.1));
  await model.save(fileSystem(folder));
  const bytes = fs.readFileSync(join(folder, "weights.bin"));
  fs.writeFileSync(join(folder, "one.bin"), bytes.subarray(0, 10));
  fs.writeFileSync(join(folder, "two.bin"), bytes.subarray(10));
  const text = fs.readFileSync(join(folder, "model.json"), "utf8");
  fs.writeFileSync(join(folder, "model.json"), text.replace('"weights.bin"', '"one.bin","two.bin"'));
  const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
  near((loaded.predict(x()) as tf.Tensor).dataSync(), (model.predict(x()) as tf.Tensor).dataSync(), "predicted", 0);
});

test("a path from here and a whole address with spaces are found", async () => {
  const folder = join(scratch, "a place");
  const model = makeModel(tf.train.sgd(0.1));
  await model.save(`file://${folder}`);
  await tf.loadLayersModel(pathToFileURL(join(folder, "model.json")).href);
  const before = process.cwd();
  process.chdir(scratch);
  try {
    await model.save("file://here");
    await tf.loadLayersModel("file://./here/model.json");
  } finally {
    process.chdir(before);
  }
  assert.ok(fs.existsSync(join(scratch, "here", "weights.bin")));
});

test("what is missing, torn or something else is said", async () => {
  const folder = join(scratch, "torn");
  const [model, weights] = ["model.json", "weights.bin"].map((name) => join(folder, name));
  const load = () => tf.loadLayersModel(`file://${model}`);
  await assert.rejects(load, { message: `the model cannot be loaded from ${model}: there is no such file` });
  await makeModel(tf.train.sgd(0.1)).save(`file://${folder}`);
  await assert.rejects(tf.loadLayersModel(`file://${folder}`), {
    message: `${folder} is a folder: name the file in it, file://${model}`,
  });
  fs.truncateSync(weights, 40);
  await assert.rejects(load, {
    message:
      `${weights}: got 40 bytes, but model.json asks for 52: the file is cut off or belongs to another model; ` +
      "save the model again",
  });
  fs.rmSync(weights);
  await assert.rejects(load, { message: `the weights cannot be loaded from ${weights}: there is no such file` });
  fs.truncateSync(model, 100);
  await assert.rejects(load, {
    message: `${model} is not complete JSON (100 characters): it is damaged or cut off; save the model again`,
  });
  fs.writeFileSync(model, "[]");
  await assert.rejects(load, {
    message: `${model} is JSON, but no model: wanted is what model.save("file://folder") writes`,
  });
  await assert.rejects(makeModel(tf.train.sgd(0.1)).save(`file://${model}`), {
    message: `the model cannot be saved to ${model}: there is a file of that name; name a folder`,
  });
});

test("another handler of files wins, whenever it comes", async () => {
  const mine = {
    save: async () => ({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } }),
  };
  let isThere = true;
  tf.io.registerSaveRouter(((url: string) => (isThere && url.startsWith("file://") ? mine : null)) as never);
  const model = makeModel(tf.train.sgd(0.1));
  const { modelArtifactsInfo } = await model.save(`file://${join(scratch, "other")}`);
  isThere = false;
  assert.equal(modelArtifactsInfo.dateSaved.getTime(), 0);
  assert.equal(fs.existsSync(join(scratch, "other")), false);
});
