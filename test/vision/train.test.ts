import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { dividedBy } from "../../lib/data/dividedPixels";
import { buildSixLayerCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { evaluate } from "../../lib/vision/evaluate";
import type { Examples, Pixels } from "../../lib/vision/examples";
import { buildNet } from "../../lib/vision/net";
import type { BatchProgress, EpochResult } from "../../lib/vision/runEpoch";
import { learningRateOf, oneCycle, rateAt } from "../../lib/vision/schedule";
import { train, type TrainOptions } from "../../lib/vision/train";
import { squares } from "./squares";

const scratch = mkdtempSync(join(tmpdir(), "atelier-train-"));

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));
after(() => rmSync(scratch, { recursive: true }));

const examples = squares(100, 1); // 4 batches, the last of 4
const quiet: TrainOptions = { epochs: 3, checkpoints: false, log: () => {} };

function weightsOf(model: tf.LayersModel): number[] {
  return model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
}

async function trained(options: TrainOptions): Promise<number[]> {
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  await train(model, examples, { ...quiet, ...options });
  return weightsOf(model);
}

test("train() learns: the loss falls and unseen pictures are told apart", async () => {
  const model = compile(buildSixLayerCnn({ seed: 5 }), { learningRate: 0.003 });
  const history = await train(model, squares(320, 2), { ...quiet, epochs: 5, validation: squares(60, 3) });
  assert.equal(history.loss.length, 5);
  assert.ok(history.loss[4] < history.loss[0] / 4, `loss ${history.loss}`);
  assert.ok(history.valAccuracy[4] > 0.9, `validation accuracy ${history.valAccuracy}`);
  assert.equal(history.stopped, false);
});

test("train() gives the same weights for the same seed and others for another", async () => {
  const [one, same, other] = [await trained({ seed: 1 }), await trained({ seed: 1 }), await trained({ seed: 2 })];
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
});

test("train() resumed from a checkpoint ends bit-equal to an unbroken run", async () => {
  const unbroken = await trained({ epochs: 4 });
  const checkpoints = join(scratch, "resume");
  await trained({ epochs: 2, checkpoints });
  const lines: string[] = [];
  const epochs: EpochResult[] = [];
  const log = (line: string) => void lines.push(line);
  const resumed = await trained({ epochs: 4, checkpoints, log, onEpoch: (result) => void epochs.push(result) });
  assert.deepEqual(resumed, unbroken);
  assert.match(lines.join(), /^Epochs 1 to 2 were trained before and taken from .*six-layer-cnn-seed-42-/);
  assert.deepEqual(
    epochs.map(({ epoch, reused }) => [epoch, reused]),
    [[1, true], [2, true], [3, undefined], [4, undefined]], // prettier-ignore
  );
});

test("train() interrupted in mid-epoch and run again ends bit-equal to an unbroken run", async () => {
  const unbroken = await trained({});
  const checkpoints = join(scratch, "interrupt");
  const stop = new AbortController();
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  const before = weightsOf(model);
  const broken = await train(model, examples, {
    ...quiet,
    checkpoints,
    signal: stop.signal,
    onBatch: ({ epoch, batch }) => epoch === 2 && batch === 2 && stop.abort(),
  });
  assert.deepEqual([broken.stopped, broken.loss.length], [true, 1]);
  assert.notDeepEqual(weightsOf(model), before, "the weights learned so far are kept");
  assert.deepEqual(await trained({ checkpoints }), unbroken);
});

test("train() with changed pictures is the same for the same seed, and ends bit-equal when it is resumed", async () => {
  const augment = { flip: true, crop: 2, erase: 0.5 };
  const [one, same, plain] = [await trained({ augment }), await trained({ augment }), await trained({})];
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, plain);
  const checkpoints = join(scratch, "augmented");
  for (const epochs of [1, 3]) assert.ok((await trained({ augment, checkpoints, epochs })).length > 0);
  assert.deepEqual(await trained({ augment, checkpoints }), one);
  await assert.rejects(trained({ augment: { crop: 28 } }), {
    name: "RangeError",
    message: "train(): augment.crop is 28; it must be a whole number from 0 to 27",
  });
  await assert.rejects(trained({ augment: { erase: 2 } }), /augment\.erase is 2; it must be from 0 to 1/);
});

test("train() follows a schedule, is the same when it is resumed, and leaves the optimizer its own rate", async () => {
  const rates: number[] = [];
  const model = compile(buildSixLayerCnn({ seed: 5 }), { learningRate: 0.002 });
  const onBatch = () => void rates.push(learningRateOf(model.optimizer));
  const schedule = oneCycle(0.01, { warmUp: 0.5 });
  await train(model, examples, { ...quiet, schedule, onBatch }); // 12 steps
  assert.deepEqual(
    rates,
    rates.map((_, step) => rateAt(schedule, step / 11)),
  );
  assert.equal(learningRateOf(model.optimizer), 0.002);
  const checkpoints = join(scratch, "schedule");
  const stop = new AbortController();
  const halt = ({ epoch, batch }: BatchProgress) => epoch === 2 && batch === 2 && stop.abort();
  await trained({ schedule, checkpoints, signal: stop.signal, onBatch: halt });
  const unbroken = await trained({ schedule });
  assert.deepEqual(await trained({ schedule, checkpoints }), unbroken);
  assert.notDeepEqual(await trained({}), unbroken);
  const lines: string[] = [];
  await trained({ schedule, checkpoints, epochs: 2, log: (line) => lines.push(line) });
  assert.deepEqual(lines, [], "a schedule over other epochs is another training");
  await assert.rejects(trained({ schedule: [[0, 0.1]] }), {
    name: "RangeError",
    message: "train(): the shares of the schedule are [0]; they must rise from 0 to 1",
  });
});

test("train() averages the weights over the steps, by the definition, and validates the average", async () => {
  const [decay, epochs] = [0.8, 2];
  const seen: number[][] = [];
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  const start = weightsOf(model);
  await train(model, examples, { ...quiet, epochs, onBatch: () => void seen.push(weightsOf(model)) });
  const expected = start.map((first, i) =>
    seen.reduce((mean, weights, step) => {
      const share = Math.min(decay, (2 + step) / (11 + step));
      return share * mean + (1 - share) * weights[i];
    }, first),
  );
  const averaged = compile(buildSixLayerCnn({ seed: 5 }));
  const validation = squares(40, 3);
  const history = await train(averaged, examples, { ...quiet, epochs, average: decay, validation });
  const difference = Math.max(...weightsOf(averaged).map((weight, i) => Math.abs(weight - expected[i])));
  assert.ok(difference < 1e-6, `${difference}`);
  assert.ok(Math.abs((await evaluate(averaged, validation)).loss - history.valLoss[1]) < 1e-6);
  const checkpoints = join(scratch, "average");
  await trained({ average: decay, checkpoints, epochs: 1 });
  assert.deepEqual(await trained({ average: decay, checkpoints, epochs }), weightsOf(averaged));
  await assert.rejects(trained({ average: 1 }), /train\(\): average is 1; it must be from 0 to below 1, say 0\.999/);
});

test("train() with dropout ends bit-equal when it is resumed, and when it is repeated", async () => {
  const build = () => compile(buildNet([{ filters: 4 }, { filters: 8 }], { batchNorm: true, dropout: 0.5, seed: 5 }));
  const unbroken = build();
  await train(unbroken, examples, quiet);
  const expected = weightsOf(unbroken);
  await train(unbroken, examples, quiet);
  assert.deepEqual(weightsOf(unbroken), expected, "called again, it starts where it started");
  const checkpoints = join(scratch, "dropout");
  await train(build(), examples, { ...quiet, checkpoints, epochs: 1 });
  const resumed = build();
  assert.equal((await train(resumed, examples, { ...quiet, checkpoints })).reusedEpochs, 1);
  assert.deepEqual(weightsOf(resumed), expected);
});

test("train() stops after the batch in hand on Ctrl-C", async () => {
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  let batches = 0;
  const onBatch = () => void (++batches === 3 && process.kill(process.pid, "SIGINT"));
  const history = await train(model, examples, { ...quiet, onBatch });
  assert.equal(history.stopped, true);
  assert.ok(batches <= 4, `${batches} batches`);
  assert.equal(process.listenerCount("SIGINT"), 0);
});

test("train() that is stopped keeps the weights of the best epoch by validation loss, also one of an earlier run", async () => {
  const { images, labels } = squares(40, 3);
  const validation = { images, labels: labels.map((label) => (label + 1) % 10) }; // the more is learned, the worse
  const steps = { epochs: 4, batchSize: 10, validation };
  const [first, unbroken] = [await trained({ ...steps, epochs: 1 }), await trained(steps)];
  const checkpoints = join(scratch, "best");
  for (const [stopIn, reused] of [
    [3, 0],
    [4, 2],
  ]) {
    const stop = new AbortController();
    const [lines, ends]: [string[], unknown[]] = [[], []];
    const model = compile(buildSixLayerCnn({ seed: 5 }));
    const history = await train(model, examples, {
      ...quiet,
      ...{ ...steps, checkpoints, signal: stop.signal },
      onBatch: ({ epoch, batch }) => epoch === stopIn && batch === 2 && stop.abort(),
      log: (line) => lines.push(line),
      done: (end) => ends.push(end),
    });
    assert.deepEqual([history.stopped, history.keptEpoch, history.reusedEpochs], [true, 1, reused]);
    assert.deepEqual(ends, [{ stopped: true, keptEpoch: 1 }]);
    assert.deepEqual(weightsOf(model), first);
    const kept = `those of epoch 1, the best by validation loss (${history.valLoss[0].toFixed(4)})`;
    assert.equal(lines.at(-1), `Training was stopped; the weights kept are ${kept}.`);
  }
  assert.deepEqual(await trained({ ...steps, checkpoints }), unbroken);
});

test("train() that is stopped without validation keeps the weights of the last step and says so", async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const onBatch = ({ epoch }: BatchProgress) => epoch === 2 && stop.abort();
  const ended: unknown[] = [];
  const done = (end: object) => ended.push(end);
  await trained({ signal: stop.signal, onBatch, done, log: (line) => lines.push(line) });
  assert.deepEqual(lines, ["Training was stopped; the weights kept are those of the last step."]);
  assert.deepEqual(ended, [{ stopped: true, keptEpoch: undefined }]);
  await trained({ done });
  await assert.rejects(train(compile(buildSixLayerCnn(), { learningRate: 1e30 }), examples, { ...quiet, done }));
  assert.deepEqual(ended.slice(1), [{ stopped: false }, { stopped: true }]);
});

test("train() reuses what was trained and trains again when told to", async () => {
  const checkpoints = join(scratch, "reuse");
  const first = await trained({ checkpoints });
  let batches = 0;
  const count = { checkpoints, onBatch: () => void batches++ };
  assert.deepEqual(await trained(count), first);
  assert.equal(batches, 0);
  assert.deepEqual(await trained({ ...count, fresh: true }), first);
  assert.equal(batches, 12);
});

test("train() called again with the model it trained does the same again, and resumes what was interrupted", async () => {
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  await train(model, examples, quiet);
  const once = weightsOf(model);
  const again = await train(model, examples, quiet);
  assert.deepEqual([weightsOf(model), again.loss.length], [once, 3]);

  const checkpoints = join(scratch, "again");
  const stop = new AbortController();
  const interrupt = { checkpoints, signal: stop.signal };
  const broken = compile(buildSixLayerCnn({ seed: 5 }));
  await train(broken, examples, { ...quiet, ...interrupt, onBatch: ({ epoch }) => epoch === 2 && stop.abort() });
  assert.notDeepEqual(weightsOf(broken), once);
  const resumed = await train(broken, examples, { ...quiet, checkpoints });
  assert.deepEqual([weightsOf(broken), resumed.reusedEpochs], [once, 1]);
  await train(broken, examples, { ...quiet, checkpoints, fresh: true });
  assert.deepEqual(weightsOf(broken), once);
});

test("train() called while an interrupted training still ends waits for it and resumes it", async () => {
  const whole = await trained({});
  const checkpoints = join(scratch, "quick");
  const stop = new AbortController();
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  const onBatch = ({ epoch, batch }: BatchProgress) => epoch === 1 && batch === 4 && stop.abort();
  const ending = train(model, examples, { ...quiet, checkpoints, signal: stop.signal, onBatch, validation: examples });
  const history = await train(model, examples, { ...quiet, checkpoints, validation: examples });
  assert.deepEqual([(await ending).stopped, history.reusedEpochs], [true, 1]);
  assert.deepEqual(weightsOf(model), whole);
});

test("train() goes on from weights that were set by hand", async () => {
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  await train(model, examples, { ...quiet, epochs: 1 });
  const other = buildSixLayerCnn({ seed: 6 });
  model.setWeights(other.getWeights());
  compile(model);
  compile(other);
  await train(model, examples, { ...quiet, epochs: 1 });
  await train(other, examples, { ...quiet, epochs: 1 });
  assert.deepEqual(weightsOf(model), weightsOf(other));
});

test("train() never takes another training's checkpoints for its own", async () => {
  const checkpoints = join(scratch, "keys");
  const reused = async (data: Examples, options: TrainOptions, seed = 5) => {
    const model = compile(buildSixLayerCnn({ seed }));
    return (await train(model, data, { ...quiet, epochs: 1, checkpoints, ...options })).reusedEpochs;
  };
  assert.equal(await reused(examples, {}), 0);
  assert.equal(await reused(examples, {}), 1);
  assert.equal(await reused(squares(100, 9), {}), 0, "other examples");
  assert.equal(await reused(examples, { batchSize: 16 }), 0, "another batch size");
  assert.equal(await reused(examples, { seed: 1 }), 0, "another order");
  assert.equal(await reused(examples, { augment: { flip: true } }), 0, "changed pictures");
  assert.equal(await reused(examples, { augment: { flip: true } }), 1);
  assert.equal(await reused(examples, {}, 6), 0, "other initial weights");
  const model = buildSixLayerCnn({ seed: 5 });
  model.compile({ optimizer: tf.train.adam(), loss: "sparseCategoricalCrossentropy", metrics: ["acc"] });
  const another = await train(model, examples, { ...quiet, epochs: 1, checkpoints });
  assert.equal(another.reusedEpochs, 0, "another metric");
});

test("train() learns the same from divided bytes as from their floats, and takes the one's checkpoints for the other", async () => {
  const bytes = Uint8Array.from(examples.images, (value) => 255 * value);
  const divided = { images: dividedBy(bytes, 255), labels: examples.labels };
  const floats = { images: divided.images.slice(), labels: examples.labels };
  const compilers = {
    "in laid-out steps": compile,
    "by trainOnBatch": (model: tf.LayersModel) => {
      const loss = ["sparseCategoricalCrossentropy"]; // in a list, which is not laid out
      model.compile({ optimizer: tf.train.adam(), metrics: ["accuracy"], loss });
      return model;
    },
  };
  for (const [way, compiled] of Object.entries(compilers)) {
    const checkpoints = join(scratch, `forms ${way}`);
    const run = async (data: Examples<Pixels>, options: TrainOptions) => {
      const model = compiled(buildSixLayerCnn({ seed: 5 }));
      const whole = { ...quiet, epochs: 1, checkpoints, validation: data, ...options };
      const { reusedEpochs } = await train(model, data, whole);
      return { reusedEpochs, weights: weightsOf(model) };
    };
    const one = await run(floats, {});
    assert.deepEqual((await run(divided, { fresh: true })).weights, one.weights, way);
    assert.deepEqual((await run(divided, {})).weights, one.weights, way);
    assert.equal(readdirSync(checkpoints).length, 1, way);
  }
});

test("train() passes over a damaged checkpoint and starts from the one before", async () => {
  const checkpoints = join(scratch, "damaged");
  const whole = await trained({ checkpoints });
  const folder = join(checkpoints, readdirSync(checkpoints)[0]);
  const last = join(folder, "epoch-003.checkpoint");
  writeFileSync(last, readFileSync(last, "latin1").replace('"epoch":3', '"epoch":4'), "latin1");
  let batches = 0;
  assert.deepEqual(await trained({ checkpoints, onBatch: () => void batches++ }), whole);
  assert.equal(batches, 4);
});

test("train() tells loss, accuracy and speed after every batch and epoch", async () => {
  const batches: number[] = [];
  const epochs: EpochResult[] = [];
  await trained({
    epochs: 2,
    validation: squares(10, 4),
    onBatch: ({ batch, batches: all, msPerStep }) => {
      assert.equal(all, 4);
      assert.ok(msPerStep > 0);
      batches.push(batch);
    },
    onEpoch: (result) => void epochs.push(result),
  });
  assert.deepEqual(batches, [1, 2, 3, 4, 1, 2, 3, 4]);
  for (const { loss, accuracy, valLoss, valAccuracy, seconds } of epochs)
    for (const value of [loss, accuracy, valLoss, valAccuracy, seconds]) assert.ok(Number.isFinite(value));
});

test("train() leaves no tensor behind", async () => {
  const model = compile(buildSixLayerCnn());
  await train(model, examples, { ...quiet, epochs: 1 });
  const before = tf.memory().numTensors;
  await train(model, examples, { ...quiet, epochs: 2, validation: examples });
  assert.equal(tf.memory().numTensors, before);
});

test("train() refuses what cannot be trained and says why", async () => {
  const model = compile(buildSixLayerCnn());
  const refusal = (data: Examples, options: TrainOptions, message: string, which: tf.LayersModel = model) =>
    assert.rejects(train(which, data, { ...quiet, ...options }), { message });
  const { images, labels } = examples;
  await refusal(examples, {}, "train(): the model is not compiled; call compile(model) first", buildSixLayerCnn());
  await refusal(examples, { epochs: 0 }, "train(): epochs is 0; it must be a whole number from 1");
  await refusal(examples, { batchSize: 1.5 }, "train(): batchSize is 1.5; it must be a whole number from 1");
  const fewer = { images, labels: labels.subarray(1) };
  await refusal(fewer, {}, "train(): 100 images came with 99 labels; there must be one for each");
  const cut = { images: images.subarray(1), labels };
  await refusal(cut, {}, "images: 78399 pixels are not a whole number of 28 x 28 images; check the shape");
  const wrong = { images, labels: labels.map((label, i) => (i === 7 ? 10 : label)) };
  await refusal(wrong, {}, "train(): label 10 of image 7 is not a class from 0 to 9");
  const gap = { images: images.map((value, i) => (i === 800 ? NaN : value)), labels };
  await refusal(gap, {}, "train(): pixel 16 of image 1 is NaN; every pixel must be a finite number, 0 to 1");
  const none = { images: new Float32Array(0), labels: new Uint8Array(0) };
  await refusal(none, {}, "train(): there are no images; give at least one");
});

test("train() says so when the loss is no longer finite", async () => {
  const model = compile(buildSixLayerCnn(), { learningRate: 1e30 });
  await assert.rejects(train(model, examples, quiet), {
    name: "RangeError",
    message: "train(): the loss is NaN in epoch 1, batch 2; lower the learning rate",
  });
});
