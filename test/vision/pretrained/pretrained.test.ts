import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/compute/useBackend";
import { embedPretrained } from "../../../lib/vision/pretrained/embedPretrained";
import { loadPretrained } from "../../../lib/vision/pretrained/loadPretrained";
import { saveModel } from "../../../lib/vision/store";

const scratch = mkdtempSync(join(tmpdir(), "atelier-pretrained-"));
const layers = join(scratch, "layers");
const graph = join(scratch, "graph");
/** Two pictures: one is white at the left, the other grey all over. */
const images = Float32Array.from({ length: 2 * 784 }, (_, at) => (at < 784 ? Number(at % 28 < 14) : 0.5));

before(async () => {
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  await saveModel(smallMobileNet(), layers);
  await saveModel(tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [5] })] }), join(scratch, "table"));
  writeGraph(graph);
});
after(() => rmSync(scratch, { recursive: true }));

/** A net with MobileNet's interface, 12 x 12 pixels of three colours: depthwise maps, then places of 1 x 1, then a row. */
function smallMobileNet(): tf.LayersModel {
  const ones = { depthwiseInitializer: "ones" as const, useBias: false };
  return tf.sequential({
    layers: [
      tf.layers.depthwiseConv2d({ name: "conv_pw_1", kernelSize: 2, strides: 2, inputShape: [12, 12, 3], ...ones }),
      tf.layers.averagePooling2d({ name: "reduced", poolSize: 6 }),
      tf.layers.flatten({ name: "row" }),
      tf.layers.dense({ name: "classes", units: 5, activation: "softmax" }),
    ],
  });
}

/** A graph model of any size: a convolution of 1 x 1 that adds the three colours, and twice the first. */
function writeGraph(folder: string): void {
  const float = { dtype: { type: "DT_FLOAT" } };
  const ones = { list: { i: ["1", "1", "1", "1"] } };
  const dim = ["-1", "-1", "-1", "3"].map((size) => ({ size }));
  const topology = {
    node: [
      { name: "images", op: "Placeholder", attr: { ...float, shape: { shape: { dim } } } },
      { name: "kernel", op: "Const", attr: { ...float, value: { tensor: { dtype: "DT_FLOAT", tensorShape: { dim: ["1", "1", "3", "2"].map((size) => ({ size })) } } } } }, // prettier-ignore
      { name: "maps", op: "Conv2D", input: ["images", "kernel"], attr: { T: { type: "DT_FLOAT" }, strides: ones, dilations: ones, padding: { s: Buffer.from("VALID").toString("base64") }, dataFormat: { s: Buffer.from("NHWC").toString("base64") } } }, // prettier-ignore
      { name: "positive", op: "Relu", input: ["maps"], attr: { T: { type: "DT_FLOAT" } } },
    ],
    versions: { producer: 1 },
  };
  const weights = [{ name: "kernel", shape: [1, 1, 3, 2], dtype: "float32" }];
  const content = { format: "graph-model", modelTopology: topology, weightsManifest: [{ paths: ["w.bin"], weights }] };
  const bytes = new Uint8Array(Float32Array.of(1, 2, 1, 0, 1, 0).buffer);
  writeFolder(folder, { "model.json": JSON.stringify(content), "w.bin": bytes });
}

function writeFolder(folder: string, files: Record<string, string | Uint8Array>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

const rounded = (values: Float32Array) => Array.from(values, (value) => Math.round(value * 1e4) / 1e4);

test("loadPretrained() reads a layers model from a folder, a path or a file address, and its size from its input", async () => {
  for (const source of [layers, join(layers, "model.json"), pathToFileURL(join(layers, "model.json")).href]) {
    const { model, input } = await loadPretrained(source);
    assert.deepEqual(input, { height: 12, width: 12, channels: 3 });
    assert.deepEqual(model.outputs[0].shape, [null, 5]);
  }
});

test("embedPretrained() averages the last maps of more than one place, of pictures from -1 to 1", async () => {
  const { vectors, length } = await embedPretrained(await loadPretrained(layers), images, { batchSize: 1 });
  assert.equal(length, 3);
  // Each place adds four pixels, on average 0 in the first picture, half of them 1 and half of them -1.
  assert.deepEqual(rounded(vectors), [0, 0, 0, 0, 0, 0]);
  const bright = await embedPretrained(await loadPretrained(layers), images, { range: [0, 1] });
  assert.deepEqual(rounded(bright.vectors), [2, 2, 2, 2, 2, 2]);
  const row = await embedPretrained(await loadPretrained(layers), images, { layer: "classes" });
  assert.equal(row.length, 5);
});

test("embedPretrained() takes a graph model, its size by default 224, and a node of it by name", async () => {
  assert.deepEqual((await loadPretrained(graph)).input, { height: 224, width: 224, channels: 3 });
  const pretrained = await loadPretrained(graph, { size: 20 });
  const done: number[] = [];
  const options = { batchSize: 1, onProgress: (count: number) => void done.push(count) };
  const { vectors, length } = await embedPretrained(pretrained, images, options);
  assert.deepEqual([length, done], [2, [1, 2]]);
  assert.deepEqual(rounded(vectors), [1.5, 1, 0, 0]); // relu of three and of two times half 1, half -1; then of 0
  const maps = await embedPretrained(pretrained, images, { layer: "maps" });
  assert.deepEqual(rounded(maps.vectors), [0, 0, 0, 0]);
});

test("loadPretrained() reads from a network address, and says what is wrong with it", async () => {
  const server = createServer(({ url = "" }, answer) => {
    const name = url.split("/").pop()!;
    if (!url.startsWith("/net/")) return void answer.writeHead(404).end();
    answer.end(readFileSync(join(layers, name)));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const { input } = await loadPretrained(`http://127.0.0.1:${port}/net/model.json`);
  assert.equal(input.width, 12);
  const cure =
    "check the address and the network, or download model.json and its weights elsewhere and give their folder";
  await assert.rejects(loadPretrained(`http://127.0.0.1:${port}/none/model.json`), {
    message: `loadPretrained(): http://127.0.0.1:${port}/none/model.json answers 404; ${cure}`,
  });
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(loadPretrained(`http://127.0.0.1:${port}/net/model.json`), (error: Error) => {
    assert.match(error.message, /^loadPretrained\(\): http:\S+ cannot be reached \(.+\); check the address and/);
    return true;
  });
});

test("loadPretrained() and embedPretrained() say what they want instead", async () => {
  await assert.rejects(loadPretrained(""), {
    name: "TypeError",
    message: "loadPretrained(): no model is named; give a folder with model.json, or its address",
  });
  await assert.rejects(loadPretrained(join(scratch, "nowhere")), {
    message: `loadPretrained(): there is no file ${join(scratch, "nowhere", "model.json")}; give the folder that holds model.json and its weights, or the address of a model.json`,
  });
  writeFolder(join(scratch, "text"), { "model.json": "{}" });
  await assert.rejects(loadPretrained(join(scratch, "text")), {
    name: "SyntaxError",
    message: `loadPretrained(): ${join(scratch, "text", "model.json")} is not a model.json of TensorFlow.js; convert a Keras or TensorFlow model with tensorflowjs_converter`,
  });
  await assert.rejects(loadPretrained(join(scratch, "table")), {
    name: "TypeError",
    message: "loadPretrained(): the model takes [?,5]; it must take pictures [batch, height, width, 1 or 3]",
  });
  await assert.rejects(embedPretrained(await loadPretrained(layers), images, { layer: "pool" }), {
    name: "RangeError",
    message: 'embedPretrained(): the model has no "pool"; it has conv_pw_1, reduced, row, classes',
  });
});
