import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { projectRoot, typeScriptLoader } from "../../../lib/files";
import { skip, softwareGpu, swiftShader } from "./softwareGpu";

/** A small net with its data, on WebGPU, and a function that trains it; the code of a test follows. */
const PREPARED = `
  const tf = require("@tensorflow/tfjs");
  const { startWebGpu } = require("./lib/compute/webgpu/startWebGpu");
  const { train } = require("./lib/vision/train");
  const { predict } = require("./lib/vision/predict");
  const { compile } = require("./lib/vision/compile");
  const { glorotUniform } = tf.initializers;
  const dense = (units, options) => tf.layers.dense({ units, kernelInitializer: glorotUniform({ seed: units }), ...options });
  const build = () => compile(tf.sequential({ layers: [
    tf.layers.flatten({ inputShape: [28, 28, 1] }), dense(8, { activation: "relu" }), dense(10, { activation: "softmax" }),
  ]}), { learningRate: 0.01 });
  const images = Float32Array.from({ length: 24 * 784 }, (_, i) => Math.sin(i) ** 2);
  const labels = Uint8Array.from({ length: 24 }, (_, i) => i % 10);
  const fit = (options) => train(build(), { images, labels }, { epochs: 3, batchSize: 8, checkpoints: false, ...options });
  const say = (what) => console.log(JSON.stringify(what));
  (async () => { await run(); })();`;

/** What a program says on stdout, line by line, and on stderr; it must end by itself with this code. */
function runProgram(code: string, { env = softwareGpu, expected = 0 }: { env?: object; expected?: number } = {}) {
  const args = ["-r", typeScriptLoader, "-e", `async function run() { ${code} }${PREPARED}`];
  const options = { cwd: projectRoot, env: { ...process.env, ...env }, encoding: "utf8", timeout: 240_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  assert.equal(status, expected, `${stdout}\n${stderr}`);
  return { lines: stdout.trim().split("\n"), stderr };
}

test("startWebGpu() names the adapter, trains, predicts, and the process ends when its work ends", { skip }, () => {
  const { lines } = runProgram(`
    say(await startWebGpu());
    const model = build();
    const history = await train(model, { images, labels }, { epochs: 2, batchSize: 8, checkpoints: false });
    say(history.loss.length);
    const probabilities = await predict(model, images);
    say([probabilities.length, Math.round(probabilities.reduce((sum, value) => sum + value))]);`);
  assert.match(lines[0], /SwiftShader.*, in software by WebGPU"$/);
  assert.deepEqual(lines.slice(1), ["2", "[240,24]"]);
});

test("startWebGpu() leaves a process that is told to end with its exit code", { skip }, () => {
  runProgram("await startWebGpu(); await fit(); process.exit(7);", { expected: 7 });
});

test("startWebGpu() refuses a GPU in software that nobody has asked for, and names it", { skip }, () => {
  const { lines } = runProgram("await startWebGpu().catch(({ message }) => say(message))", { env: swiftShader });
  assert.match(
    lines[0],
    /^"WebGPU finds only .*SwiftShader.*, which computes on the CPU; ATELIER_WEBGPU=software takes it"$/,
  );
});

test(
  "startWebGpu() lets tensors be read at once, also while others are awaited, and leaves the event loop as it was",
  { skip },
  () => {
    const { lines } = runProgram(`
    const own = setImmediate;
    await startWebGpu();
    const sum = (value) => tf.matMul(tf.fill([300, 300], value), tf.ones([300, 300]));
    const later = [1, 2].map((value) => sum(value).data());
    say(sum(3).dataSync()[0]);
    say((await Promise.all(later)).map((values) => values[0]));
    say([setImmediate === own, typeof navigator === "undefined" || !("gpu" in navigator)]);`);
    assert.deepEqual(lines, ["900", "[300,600]", "[true,true]"]);
  },
);

test("a tensor of a lost device is not read at once, and the error says what to do", { skip }, () => {
  const { lines } = runProgram(`
    await startWebGpu();
    const sum = tf.square(tf.ones([2]));
    tf.backend().device.destroy();
    try { sum.dataSync(); } catch ({ message }) { say(message); }`);
  assert.equal(
    lines[0],
    '"dataSync() and arraySync() could not read a tensor that WebGPU has computed: the device is lost, or other code waits for Dawn; await data() or array(), or compute the tensor again"',
  );
});

test("train() goes on where the GPU is lost, and ends with the numbers of a training that kept it", { skip }, () => {
  const { lines, stderr } = runProgram(`
    await startWebGpu();
    const whole = await fit({ average: 0.9 });
    const said = [];
    let left = 5;
    const onBatch = () => void (--left === 0 && tf.backend().device.destroy());
    const broken = await fit({ average: 0.9, onBatch, log: (line) => said.push(line) });
    say([broken.loss, broken.accuracy]);
    say([whole.loss, whole.accuracy]);
    say(said);`);
  assert.equal(lines[0], lines[1]);
  assert.equal(lines[2], '["Epoch 2 begins again, on another device."]');
  assert.match(stderr, /^The GPU is lost: .+$/m);
});

test("train() gives up where the GPU is lost again and again", { skip }, () => {
  const { lines } = runProgram(`
    await startWebGpu();
    const said = [];
    const onBatch = () => tf.backend().device.destroy();
    await fit({ onBatch, log: (line) => said.push(line) }).catch(({ name }) => say(name));
    say(said.length);`);
  assert.deepEqual(lines.slice(1), ["3"]);
});
