import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { liveCallback } from "../../lib/notebook/liveCallback";
import { elementsOf } from "../chart/samples";
import { inFakeKernel, type Shown } from "./fakeKernel";

before(() => useBackend({ log: () => {} }));

const ROWS = 40;
const xs = () =>
  tf.tensor2d(
    Float32Array.from({ length: ROWS * 2 }, (_, i) => Math.sin(i)),
    [ROWS, 2],
  );
const ys = () => tf.tensor2d(Float32Array.from({ length: ROWS }, (_, i) => Math.sin(2 * i) + Math.sin(2 * i + 1)), [ROWS, 1]); // prettier-ignore

/** A net of one layer, which learns sums. */
function buildNet(settings: Partial<tf.ModelCompileArgs> = {}): tf.Sequential {
  const initial = { kernelInitializer: "zeros" as const, inputShape: [2] };
  const net = tf.sequential({ layers: [tf.layers.dense({ units: 1, ...initial })] });
  net.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), ...settings });
  return net;
}

/** What is shown and printed while `fit` runs with a live callback, by a clock that stands still. */
async function watch(
  fit: (callback: tf.Callback) => Promise<unknown>,
  options: Parameters<typeof liveCallback>[0] = {},
): Promise<{ shown: Shown[]; lines: string[]; last: string; listeners: number }> {
  const lines: string[] = [];
  const before = process.listenerCount("SIGINT");
  const shown = await inFakeKernel(async () => {
    await fit(liveCallback({ log: (line) => lines.push(line), interval: 0, now: () => 0, ...options }));
  });
  const last = shown.at(-1)?.data["text/plain"] ?? "";
  return { shown, lines, last, listeners: process.listenerCount("SIGINT") - before };
}

const namesIn = (line: string) => Array.from(line.matchAll(/ - (\w+): /g), ([, name]) => name);
interface Drawn {
  data: { name?: string; x: number[]; y: (number | null)[]; xaxis: string }[];
  layout: { title: { text: string }; annotations: { text: string }[] };
}
const figureOf = ({ shown }: { shown: Shown[] }) => shown.at(-1)?.data["application/vnd.plotly.v1+json"] as Drawn;
const headingsOf = (seen: { shown: Shown[] }) =>
  figureOf(seen).layout.annotations.map(({ text }) => text.replace(/<\/?b>/g, ""));

test("liveCallback() shows model.fit as train() is shown: lines by the names of TensorFlow.js, one display, a figure", async () => {
  const net = buildNet({ metrics: ["mae"] });
  const seen = await watch((callbacks) => net.fit(xs(), ys(), { epochs: 3, batchSize: 10, validationSplit: 0.25, callbacks })); // prettier-ignore
  assert.equal(seen.lines.length, 3);
  assert.match(seen.lines[0], /^Epoch 1\/3 {2}3\/3 - 0s - 0s\/step - loss: \S+ - mae: \S+ - val_loss: \S+ - val_mae: \S+$/); // prettier-ignore
  assert.match(seen.shown[0].data["text/plain"], /^Training: epoch 1 of 3, batch 1 of 3, loss \d\.\d+, mae \d\.\d+, 0s\/step, 0\.0 s left$/); // prettier-ignore
  assert.equal(new Set(seen.shown.map(({ id }) => id)).size, 1);
  assert.equal(seen.shown.filter(({ update }) => !update).length, 1);
  assert.match(seen.last, /^Training: 3 of 3 epochs in 0\.\d s$/);
  assert.deepEqual(headingsOf(seen), ["Loss", "mae"]);
  const { data, layout } = figureOf(seen);
  assert.deepEqual(data.map(({ name, xaxis }) => [name, xaxis]), [[undefined, "x"], [undefined, "x2"], ["training", "x"], ["validation", "x"], ["training", "x2"], ["validation", "x2"]]); // prettier-ignore
  assert.match(layout.title.text, /^Training: 3 of 3 epochs/);
  assert.equal(seen.listeners, 0);
});

test("liveCallback() tells the numbers that fit's own history holds", async () => {
  const net = buildNet({ metrics: ["mae"] });
  let history: tf.History | undefined;
  const { lines, ...seen } = await watch(async (callbacks) => {
    history = await net.fit(xs(), ys(), { epochs: 2, batchSize: 16, validationData: [xs(), ys()], callbacks });
  });
  for (const name of ["loss", "mae", "val_loss", "val_mae"]) {
    const told = lines.map((line) => Number(line.match(new RegExp(` - ${name}: (\\S+)`))?.[1]));
    told.forEach((value, epoch) => assert.ok(Math.abs(value - Number(history?.history[name][epoch])) < 1e-4, name));
  }
  const batchMeans = seen.shown.map(({ data }) => data["text/plain"].match(/batch 3 of 3, loss (\S+),/)?.[1]);
  const means = batchMeans.filter((mean) => mean !== undefined).map(Number);
  assert.equal(means.length, 2); // weighted by the size of the batches, the last of which is smaller
  means.forEach((mean, epoch) => assert.ok(Math.abs(mean - Number(history?.history.loss[epoch])) < 1e-4));
});

test("liveCallback() changes nothing of what is learned, and leaks no tensor", async () => {
  const [x, y] = [xs(), ys()];
  const learn = async (callbacks?: tf.Callback) => {
    const net = buildNet({ metrics: ["mae"] });
    await net.fit(x, y, { epochs: 2, shuffle: false, callbacks });
    return Array.from(net.getWeights()[0].dataSync());
  };
  const alone = await learn();
  const start = tf.memory().numTensors;
  await learn();
  const usual = tf.memory().numTensors - start;
  const watched: number[] = [];
  await watch(async (callback) => void watched.push(...(await learn(callback))));
  assert.deepEqual(watched, alone);
  assert.equal(tf.memory().numTensors - start, 2 * usual);
});

test("liveCallback() takes no metrics, own functions with and without a name, and several outputs", async () => {
  const plain = await watch((callbacks) => buildNet().fit(xs(), ys(), { epochs: 1, callbacks }));
  assert.deepEqual(namesIn(plain.lines[0]), ["loss"]);
  assert.deepEqual(headingsOf(plain), ["Loss"]);
  const bias = (truth: tf.Tensor, guess: tf.Tensor) => guess.sub(truth).mean();
  const own = buildNet({ loss: (t, g) => tf.losses.huberLoss(t, g), metrics: [bias, (t, g) => g.sub(t).max()] });
  const ownSeen = await watch((callbacks) => own.fit(xs(), ys(), { epochs: 2, validationSplit: 0.5, callbacks }));
  assert.deepEqual(namesIn(ownSeen.lines[0]), ["bias", "loss", "metric", "val_bias", "val_loss", "val_metric"]);
  assert.deepEqual(headingsOf(ownSeen), ["Loss", "bias", "metric"]);
  const input = tf.input({ shape: [2] });
  const outputs = ["left", "right"].map(
    (name) => tf.layers.dense({ units: 1, name }).apply(input) as tf.SymbolicTensor,
  );
  const forked = tf.model({ inputs: input, outputs });
  forked.compile({ loss: ["meanSquaredError", "meanAbsoluteError"], optimizer: "sgd", metrics: ["mse"] });
  const several = await watch((callbacks) => forked.fit(xs(), [ys(), ys()], { epochs: 2, callbacks }));
  assert.deepEqual(namesIn(several.lines[1]), ["left_loss", "left_mse", "loss", "right_loss", "right_mse"]);
  assert.equal(headingsOf(several).length, 5);
  elementsOf(String(several.shown.at(-1)?.data["image/svg+xml"]));
});

test("liveCallback() does without the number of batches in fitDataset, learns it, and takes initialEpoch", async () => {
  const rows = tf.data.zip({ xs: tf.data.array(xs().arraySync()), ys: tf.data.array(ys().arraySync()) }) as tf.data.Dataset<tf.TensorContainer>; // prettier-ignore
  const unknown = rows.filter(() => true).batch(8);
  const seen = await watch((callbacks) =>
    buildNet().fitDataset(unknown, { epochs: 5, initialEpoch: 2, validationData: unknown, callbacks } as never),
  );
  const texts = seen.shown.map(({ data }) => data["text/plain"]);
  assert.match(texts[0], /^Training: epoch 3 of 5, batch 1 of \?, loss \S+, 0s\/step, 0\.0 s so far$/);
  assert.ok(
    texts.some((text) => /^Training: epoch 4 of 5, batch 2 of 5, .* left$/.test(text)),
    texts.join("\n"),
  );
  assert.deepEqual(seen.lines.map((line) => line.slice(0, 15)), ["Epoch 3/5  5/5 ", "Epoch 4/5  5/5 ", "Epoch 5/5  5/5 "]); // prettier-ignore
  assert.match(seen.lines[2], / - val_loss: /);
  assert.match(seen.last, /^Training: 5 of 5 epochs/);
  assert.deepEqual(figureOf(seen).data[1].x, [3, 4, 5]);
  const known = await watch((callbacks) =>
    buildNet().fitDataset(rows.batch(8).repeat(), { epochs: 2, batchesPerEpoch: 3, callbacks }),
  );
  assert.match(known.lines[1], /^Epoch 2\/2 {2}3\/3 /);
});

/** Stops a training after a batch, by hand as Interrupt does it. */
const atBatch = (count: number, act: () => void) => {
  let seen = 0;
  return new tf.CustomCallback({ onBatchEnd: () => void (++seen === count && act()) });
};

test("liveCallback() stops after the batch in hand when interrupted, and says which weights are kept", async () => {
  const net = buildNet();
  const interrupt = atBatch(6, () => void setImmediate(() => process.emit("SIGINT")));
  const seen = await watch((live) => net.fit(xs(), ys(), { epochs: 9, batchSize: 10, callbacks: [interrupt, live] }), { now: hurrying() }); // prettier-ignore
  assert.deepEqual(seen.lines.slice(1), ["Training was stopped; the weights kept are those of the last step."]);
  assert.match(seen.lines[0], /^Epoch 1\/9 {2}4\/4 /);
  assert.match(seen.last, /^Training: stopped after 1 of 9 epochs in .* s; the weights of the last step are kept$/);
  assert.ok(net.getWeights()[0].dataSync().every(Number.isFinite));
  assert.equal(seen.listeners, 0);
});

/** A clock in leaps of ten milliseconds, so that the event loop has its turn after each batch. */
function hurrying(): () => number {
  let time = 0;
  return () => (time += 10);
}

test("liveCallback() stops by a signal, in fitDataset too, and an interrupt in the last batch stops nothing", async () => {
  const controller = new AbortController();
  const rows = tf.data.zip({ xs: tf.data.array(xs().arraySync()), ys: tf.data.array(ys().arraySync()) }) as tf.data.Dataset<tf.TensorContainer>; // prettier-ignore
  const abort = atBatch(3, () => controller.abort());
  const seen = await watch((live) => buildNet().fitDataset(rows.batch(8), { epochs: 3, callbacks: [abort, live] }), {
    signal: controller.signal,
  });
  assert.deepEqual(seen.lines, ["Training was stopped; the weights kept are those of the last step."]);
  assert.match(seen.last, /^Training: stopped after 0 of 3 epochs /);
  const late = new AbortController();
  const last = atBatch(8, () => late.abort());
  const whole = await watch((live) => buildNet().fit(xs(), ys(), { epochs: 2, batchSize: 10, callbacks: [last, live] }), { signal: late.signal }); // prettier-ignore
  assert.equal(whole.lines.length, 2);
  assert.match(whole.last, /^Training: 2 of 2 epochs/);
});

test("liveCallback() works beside other callbacks, on either side of them", async () => {
  const early = () => tf.callbacks.earlyStopping({ monitor: "loss", minDelta: 1e9 });
  for (const order of [(live: tf.Callback) => [live, early()], (live: tf.Callback) => [early(), live]]) {
    const seen = await watch((live) => buildNet().fit(xs(), ys(), { epochs: 9, callbacks: order(live) }));
    assert.equal(seen.lines.length, 2);
    assert.match(seen.last, /^Training: stopped after 2 of 9 epochs in 0\.\d s$/);
  }
});

test("liveCallback() refuses to come after a plain object, which would leave it without its model", async () => {
  const fit = (callback: tf.Callback) =>
    buildNet().fit(xs(), ys(), { callbacks: [{ onEpochEnd: () => {} }, callback] as never });
  await assert.rejects(watch(fit), {
    name: "TypeError",
    message:
      "liveCallback(): it comes after a plain object in callbacks, and TensorFlow.js takes objects or callbacks, not both; write [liveCallback(), new tf.CustomCallback({ … })]",
  });
});

test("liveCallback() tells of a loss that is not finite, once, and stops", async () => {
  const net = buildNet({ optimizer: tf.train.sgd(1e30) });
  const seen = await watch((callbacks) => net.fit(xs(), ys(), { epochs: 3, batchSize: 10, callbacks }));
  assert.deepEqual(seen.lines, [
    "The loss is Infinity in epoch 1, batch 2: the training is stopped, and the weights are of no use. Lower the learning rate, look for NaN in the data, and build the model again.",
  ]);
  assert.match(seen.last, /^Training: stopped after 0 of 3 epochs in .*; its loss is not finite$/);
  assert.deepEqual(Object.keys(seen.shown.at(-1)?.data ?? {}), ["text/html", "text/plain"]); // no curve of two batches
});

test("liveCallback() goes on where a metric is NaN, and leaves a gap", async () => {
  const half = (truth: tf.Tensor, guess: tf.Tensor) => guess.sub(truth).mean().mul(NaN);
  const net = buildNet({ metrics: [half] });
  const seen = await watch((callbacks) => net.fit(xs(), ys(), { epochs: 2, callbacks }));
  assert.match(seen.lines[1], /^Epoch 2\/2 .* - half: NaN - loss: \d\.\d{4}$/);
  assert.deepEqual(figureOf(seen).data.map(({ y }) => y.every((value) => value === null)), [false, true, false, true]); // prettier-ignore
});

test("liveCallback() lets go of everything where fit throws, and shows that it broke off", async () => {
  const net = buildNet();
  const trouble = atBatch(3, () => {
    throw new Error("out of paper");
  });
  const before = process.listenerCount("SIGINT");
  const shown = await inFakeKernel(() =>
    assert.rejects(
      net.fit(xs(), ys(), { epochs: 2, batchSize: 10, callbacks: [liveCallback({ log: () => {} }), trouble] }),
      /out of paper/,
    ),
  );
  assert.match(shown.at(-1)?.data["text/plain"] ?? "", /^Training: broken off after 0 of 2 epochs in /);
  assert.equal(process.listenerCount("SIGINT"), before);
  const again = await watch((callbacks) => net.fit(xs(), ys(), { epochs: 1, callbacks }));
  assert.match(again.last, /^Training: 1 of 1 epochs/);
});

test("liveCallback() may serve one training after the other", async () => {
  const seen = await watch(async (callbacks) => {
    await buildNet().fit(xs(), ys(), { epochs: 1, callbacks });
    await buildNet().fit(xs(), ys(), { epochs: 1, callbacks });
  });
  assert.equal(seen.lines.length, 2);
  assert.equal(new Set(seen.shown.map(({ id }) => id)).size, 2);
});

test("liveCallback() leaves the validation out of the time of a step", async () => {
  let time = 0;
  const net = buildNet();
  const { model } = net as unknown as { model: { testLoop: (...parts: unknown[]) => unknown } };
  const testLoop = model.testLoop.bind(model);
  model.testLoop = (...parts) => ((time += 5000), testLoop(...parts));
  const work = new tf.CustomCallback({ onBatchBegin: () => void (time += 20) });
  const seen = await watch(
    (live) => net.fit(xs(), ys(), { epochs: 1, batchSize: 10, validationData: [xs(), ys()], callbacks: [work, live] }),
    { now: () => time },
  );
  assert.match(seen.lines[0], /^Epoch 1\/1 {2}4\/4 - 5s - 20ms\/step - /);
});

test("liveCallback() outside a notebook prints a line an epoch, and one every ten seconds", async () => {
  const lines: string[] = [];
  let time = 0;
  const work = new tf.CustomCallback({ onBatchBegin: () => void (time += 4000) });
  const live = liveCallback({ label: "Sums", log: (line) => lines.push(line), now: () => time });
  await buildNet().fit(xs(), ys(), { epochs: 1, batchSize: 10, callbacks: [work, live] });
  assert.equal(lines.length, 2);
  assert.match(lines[0], /^Sums: epoch 1 of 1, batch 3 of 4, loss \S+, 4s\/step, 4\.0 s left$/);
  assert.match(lines[1], /^Epoch 1\/1 {2}4\/4 - 16s - 4s\/step - loss: \S+$/);
});

test("liveCallback() gives the event loop its turn within fit", async () => {
  let [turns, batches] = [0, 0];
  const beat = setInterval(() => turns++, 1);
  const busy = new tf.CustomCallback({
    onBatchBegin: () => {
      batches++;
      for (const end = performance.now() + 12; performance.now() < end;);
    },
  });
  await watch((live) => buildNet().fit(xs(), ys(), { epochs: 2, batchSize: 4, callbacks: [live, busy] }), { now: () => performance.now() }); // prettier-ignore
  clearInterval(beat);
  assert.ok(turns >= batches / 2, `${turns} turns in ${batches} batches`);
});

test("liveCallback() keeps the bar of TensorFlow's native package silent, and gives it back", async () => {
  const said: string[] = [];
  const parts = { ProgressBar: class { tick = () => void said.push("bar"); }, log: (line: string) => void said.push(line) }; // prettier-ignore
  const { ProgressBar } = parts;
  const file = "/nowhere/@tensorflow/tfjs-node-gpu/dist/callbacks.js";
  require.cache[file] = { exports: { progressBarHelper: parts } } as unknown as NodeModule;
  const native = new tf.CustomCallback({
    onEpochBegin: () => parts.log("Epoch 1 / 1"),
    onBatchEnd: () => new parts.ProgressBar().tick(),
  });
  try {
    await watch((live) => buildNet().fit(xs(), ys(), { epochs: 1, callbacks: [native, live] }));
    assert.deepEqual(said, []);
    assert.equal(parts.ProgressBar, ProgressBar);
    parts.log("again");
    assert.deepEqual(said, ["again"]);
  } finally {
    delete require.cache[file];
  }
});
