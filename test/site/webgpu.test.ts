import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launchBrowser, launchWithGpu, skip as noBrowser } from "../browser";
import { skipSlow } from "../compute/webgpu/softwareGpu";
import { startTabKernel, type TabKernel } from "./tabKernel";

const skip = skipSlow || noBrowser;

/** What a cell prints and shows, or how it failed. */
async function run(tab: TabKernel, code: string): Promise<string> {
  const seen = await tab.ask("execute_request", { code });
  const texts = seen
    .filter(({ header }) => header.msg_type !== "execute_reply")
    .map(({ content }) => content.text ?? content.data?.["text/plain"] ?? content.evalue ?? "");
  return texts.join("");
}

const IMPORTS = `
import * as tf from "@tensorflow/tfjs";
import * as fs from "node:fs";
import { useBackend } from "./lib/compute/useBackend";
const choose = async () => { await useBackend(); };
`;

describe("with a GPU in software", { skip }, () => {
  let tab: TabKernel;
  before(async () => (tab = await startTabKernel({}, launchWithGpu)));
  after(() => tab.end());

  test("it is refused where nobody has asked for it, and named", async () => {
    const printed = await run(tab, `${IMPORTS}await choose()`);
    assert.match(
      printed,
      /^TensorFlow\.js [\d.]+ on simd: .*\(WebGPU finds only google swiftshader, which computes on the CPU; ATELIER_WEBGPU=software takes it\)\.\n$/,
    );
  });

  test("where it is allowed, a short training finds that it is slower, once", async () => {
    const printed = await run(tab, 'process.env.ATELIER_WEBGPU = "software"; await choose()');
    const [trying, chosen] = printed.trim().split("\n");
    assert.equal(trying, "Trying whether google swiftshader, in software or the CPU trains faster …");
    const told = /on simd: .*\(a step of training takes (\S+) ms on google swiftshader, in software and (\S+) ms on simd\)\.$/.exec(chosen)!; // prettier-ignore
    assert.ok(told, chosen);
    const kept = JSON.parse(await run(tab, 'console.log(fs.readFileSync("../data/models/webgpu-trial.json", "utf8"))'));
    assert.equal(kept.agree, true); // the losses of ten steps
    assert.ok(kept.times.webgpu > kept.times.simd, JSON.stringify(kept.times));
    const again = await run(tab, "await choose()");
    assert.equal(again, `${chosen}\n`);
  });

  test("where it is asked for, it trains, and tensors are read at once", async () => {
    const printed = await run(tab, 'process.env.ATELIER_BACKEND = "webgpu"; await choose()');
    assert.match(printed, /on webgpu: google swiftshader, in software by WebGPU \(chosen by ATELIER_BACKEND\)\.\n$/);
    const sum = "tf.matMul(tf.fill([300, 300], 3), tf.ones([300, 300])).dataSync()[89999] + tf.getBackend()";
    assert.match(await run(tab, sum), /900webgpu/);
    const learn = `
      import { train } from "./lib/vision/train";
      import { compile } from "./lib/vision/compile";
      const examples = { images: Float32Array.from({ length: 16 * 784 }, (_, i) => Math.sin(i) ** 2), labels: Uint8Array.from({ length: 16 }, (_, i) => i % 4) };
      async function learn() {
        const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
        const layers = [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer })];
        const { loss } = await train(compile(tf.sequential({ layers })), examples, { epochs: 2, batchSize: 8, checkpoints: false, log: () => {} });
        console.log(JSON.stringify(loss));
      }
      await learn();`;
    const onGpu = JSON.parse(await run(tab, learn)) as number[];
    const onSimd = JSON.parse(await run(tab, 'process.env.ATELIER_BACKEND = "simd"; await useBackend({ log: () => {} }); await learn();')) as number[]; // prettier-ignore
    assert.equal(onGpu.length, 2);
    onGpu.forEach((loss, i) => assert.ok(Math.abs(loss - onSimd[i]) < 1e-4, `${loss} and ${onSimd[i]}`));
  });

  test("where its device is lost, a training goes on with another", async () => {
    const broken = `
      process.env.ATELIER_BACKEND = "webgpu";
      await useBackend({ log: () => {} });
      let left = 2;
      const onBatch = () => { if (--left === 0) (tf.backend() as unknown as { device: { destroy(): void } }).device.destroy(); };
      const net = compile(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: 10, activation: "softmax" })] }));
      const { loss } = await train(net, examples, { epochs: 2, batchSize: 8, checkpoints: false, onBatch });
      console.log(loss.length + " epochs");`;
    const printed = await run(tab, broken);
    assert.match(printed, /The GPU is lost: .+\n[^]*Epoch 1 begins again, on another device\.\n[^]*2 epochs\n$/);
  });
});

test("without a GPU a tab says so", { skip }, async () => {
  const tab = await startTabKernel({}, launchBrowser);
  try {
    assert.match(await run(tab, `${IMPORTS}await choose()`), /on simd: .*\(this browser('s WebGPU finds no GPU| offers no WebGPU here)\)\.\n$/); // prettier-ignore
  } finally {
    await tab.end();
  }
});
