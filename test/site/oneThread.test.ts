import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { skip } from "../browser";
import { startTabKernel, type TabKernel } from "./tabKernel";

let tab: TabKernel;

before(async () => {
  if (!skip) tab = await startTabKernel({ isolated: false });
});

after(async () => {
  if (!skip) await tab.end();
});

const CELL = `
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "./lib/compute/useBackend";
const backend = await useBackend({ log: () => {} });
const x = tf.ones([4, 6, 6, 1]);
const layer = tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [6, 6, 1] });
const model = tf.sequential({ layers: [layer, tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
await model.fit(x, tf.zeros([4, 1]), { epochs: 2 });
[backend.name, globalThis.crossOriginIsolated]`;

test("a page that is not isolated trains on one thread, and says so in one line", { skip }, async () => {
  const seen = await tab.ask("execute_request", { code: CELL });
  const of = (type: string) => seen.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
  assert.deepEqual(of("error"), []);
  const lines = of("stream").flatMap(({ text }) => text.trim().split("\n"));
  assert.deepEqual(lines, ["Memory cannot be shared between threads here: the kernels run on one thread."]);
  assert.match(of("execute_result")[0].data["text/plain"], /'simd', false/);
});
