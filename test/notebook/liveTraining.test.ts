import assert from "node:assert/strict";
import { test } from "node:test";
import { epochRecords } from "../../lib/notebook/epochRecords";
import { liveTraining } from "../../lib/notebook/liveTraining";
import type { TrainingInfo } from "../../lib/notebook/trainingInfo";
import { elementsOf } from "../chart/samples";
import { inFakeKernel, printed, type Shown } from "./fakeKernel";

/** Trains on paper: `epochs` of `batches` steps of 40 ms each, from epoch `first` on, drawn each `interval` ms. */
async function train(
  plan: { epochs?: number; batches?: number; first?: number; last?: number; interval?: number } = {},
): Promise<{ shown: Shown[]; lines: string[] }> {
  const { epochs = 2, batches = 100, first = 1, last = epochs, interval = 1000 } = plan;
  const lines: string[] = [];
  let time = 0;
  const shown = await inFakeKernel(() => {
    const live = liveTraining({ now: () => time, interval, log: (line) => lines.push(line) });
    const info = (epoch: number, batch: number): TrainingInfo => {
      const done = epoch - 1 + batch / batches;
      return { epoch, epochs, batch, batches, loss: 1 / (1 + done), accuracy: 1 - 0.5 / (1 + done), msPerStep: 40 };
    };
    for (let epoch = first; epoch <= last; epoch++) {
      for (let batch = 1; batch <= batches; batch++) {
        time += 40;
        live.onBatch(info(epoch, batch));
      }
      live.onEpoch({ ...info(epoch, batches), valLoss: 0.25, valAccuracy: 0.75 });
    }
    live.done(last < epochs ? { stopped: true, keptEpoch: 1 } : { stopped: false });
  });
  return { shown, lines };
}

test("liveTraining() records the scores of all epochs, and those of a training that was stopped", async () => {
  const recordsOf = async (plan: object) =>
    (await train(plan)).shown.at(-1)?.data["application/vnd.atelier.record+json"];
  assert.deepEqual(await recordsOf({}), [
    { name: "loss", value: [0.5, 0.3333333] },
    { name: "accuracy", value: [0.75, 0.8333333] },
    { name: "val_loss", value: [0.25, 0.25] },
    { name: "val_accuracy", value: [0.75, 0.75] },
  ]);
  const stopped = (await recordsOf({ epochs: 9, last: 3 })) as { value: number[] }[];
  assert.deepEqual(stopped[0].value, [0.5, 0.3333333, 0.25]);
});

test("epochRecords() leaves out what is no curve, and puts the label before the names", () => {
  const epoch = (scores: Record<string, number>) => ({ epoch: 1, epochs: 3, batch: 1, msPerStep: 1, scores });
  const epochs = [epoch({ loss: 1, val_loss: 2 }), epoch({ loss: 3 }), epoch({ loss: NaN, acc: 1 })];
  assert.deepEqual(epochRecords(epochs, "My net"), [{ name: "My net/loss", value: [1, 3] }]);
  assert.deepEqual([epochRecords([]), epochRecords([epoch({ loss: NaN })])], [[], []]);
});

test("liveTraining() redraws one display at most once in its interval", async () => {
  const { shown } = await train();
  assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
  assert.deepEqual(shown.map(({ update }) => update), [false, ...Array.from({ length: shown.length - 1 }, () => true)]); // prettier-ignore
  assert.equal(shown.length, 8 + 1);
});

test("liveTraining() tells where it stands and the time left", async () => {
  const { shown } = await train();
  assert.equal(
    shown[0].data["text/plain"],
    "Training: epoch 1 of 2, batch 1 of 100, accuracy 0.5050, loss 0.9901, 40ms/step, 8.0 s left",
  );
  assert.match(String(shown[4].data["text/html"]), /width:50\.5%/);
});

test("liveTraining() prints one line an epoch as Keras does", async () => {
  const { lines } = await train({ batches: 1500 });
  assert.deepEqual(lines, [
    "Epoch 1/2  1500/1500 - 60s - 40ms/step - accuracy: 0.7500 - loss: 0.5000 - val_accuracy: 0.7500 - val_loss: 0.2500",
    "Epoch 2/2  1500/1500 - 60s - 40ms/step - accuracy: 0.8333 - loss: 0.3333 - val_accuracy: 0.7500 - val_loss: 0.2500",
  ]);
});

test("liveTraining() ends as a still picture without a bar", async () => {
  const { data } = (await train()).shown.at(-1) as Shown;
  assert.equal(data["text/plain"], "Training: 2 of 2 epochs in 8.0 s");
  assert.doesNotMatch(String(data["text/html"]), /width:\d+\.\d%/);
  elementsOf(String(data["image/svg+xml"]));
  assert.ok(String(data["image/svg+xml"]).includes(">validation<"));
});

test("liveTraining() done() tidies up after a loop that was stopped", async () => {
  const { shown } = await train({ epochs: 5, last: 2 });
  assert.equal(
    (shown.at(-1) as Shown).data["text/plain"],
    "Training: stopped after 2 of 5 epochs in 8.0 s; the weights of epoch 1 are kept",
  );
});

test("liveTraining() goes on where a resumed training does", async () => {
  const { shown, lines } = await train({ epochs: 3, first: 3 });
  assert.equal(lines.length, 1);
  assert.ok(lines[0].startsWith("Epoch 3/3"));
  elementsOf(String((shown.at(-1) as Shown).data["image/svg+xml"]));
});

test("liveTraining() tells the training's time, not the replay's, where epochs come from checkpoints", async () => {
  const shown = await inFakeKernel(() => {
    const live = liveTraining({ now: () => 0, log: () => {} });
    for (const epoch of [1, 2])
      live.onEpoch({ epoch, epochs: 2, batch: 100, batches: 100, loss: 1, accuracy: 0, msPerStep: 40, seconds: 4.5 });
  });
  assert.equal((shown.at(-1) as Shown).data["text/plain"], "Training: 2 of 2 epochs in 9.0 s");
});

test("liveTraining() keeps its picture small however long the training", async () => {
  const { shown } = await train({ epochs: 40, batches: 1500, interval: 47_000 });
  assert.ok(shown.length > 50, `${shown.length} pictures`);
  assert.ok(Math.max(...shown.map(({ data }) => String(data["image/svg+xml"]).length)) < 40_000);
});

test("liveTraining() outside a notebook only prints the lines", () => {
  const info = { epoch: 1, epochs: 1, batch: 2, batches: 2, loss: 0.5, accuracy: 0.8, msPerStep: 1 };
  const lines = printed(() => {
    const live = liveTraining();
    live.onBatch(info);
    live.onEpoch(info);
  });
  assert.deepEqual(lines, ["Epoch 1/1  2/2 - 0s - 1ms/step - accuracy: 0.8000 - loss: 0.5000"]);
});

test("liveTraining() counts the validation of the epochs to come into the time left", async () => {
  const info = { epoch: 1, epochs: 3, batch: 10, batches: 10, loss: 1, accuracy: 0, msPerStep: 100 };
  const shown = await inFakeKernel(() => {
    let time = 0;
    const live = liveTraining({ now: () => (time += 1000), log: () => {} });
    live.onEpoch({ ...info, seconds: 1.5 }); // half a second of it is validation
    live.onBatch({ ...info, epoch: 2, batch: 5 });
  });
  assert.match(shown[0].data["text/plain"], /, 2\.5 s left$/);
});

test("liveTraining() says which epochs and weights come from where", async () => {
  const info = { epochs: 3, batch: 1, batches: 1, loss: 1, accuracy: 0, msPerStep: 1, seconds: 2 };
  const lines: string[] = [];
  const endOf = async (reused: boolean[]) => {
    const shown = await inFakeKernel(() => {
      const live = liveTraining({ log: (line) => lines.push(line) });
      reused.forEach((from, index) => live.onEpoch({ ...info, epoch: index + 1, ...(from && { reused: true }) }));
      live.done({ stopped: reused.length < 3 });
      live.done();
    });
    assert.equal(shown.length, 1);
    return shown[0].data["text/plain"];
  };
  assert.equal(await endOf([true, true, true]), "Training: 3 of 3 epochs (all taken from checkpoints) in 6.0 s");
  assert.equal(
    await endOf([true, true]),
    "Training: stopped after 2 of 3 epochs (all taken from checkpoints) in 4.0 s",
  );
  assert.equal(await endOf([true, false, false]), "Training: 3 of 3 epochs (1 taken from checkpoints) in 6.0 s");
  assert.match(lines[0], /^Epoch 1\/3 .* - loss: 1\.0000 {2}\(from a checkpoint\)$/);
  assert.match(lines.at(-1) as string, /loss: 1\.0000$/);
});

test("liveTraining() that is stopped in its first epoch leaves the curve of its batches", async () => {
  const info = { epoch: 1, epochs: 3, batch: 4, batches: 9, loss: 1, accuracy: 0, msPerStep: 1 };
  const shown = await inFakeKernel(() => {
    const live = liveTraining({ now: () => 0 });
    live.onBatch(info);
    live.done({ stopped: true });
  });
  assert.match(shown.at(-1)?.data["text/plain"] as string, /^Training: stopped after 0 of 3 epochs in /);
  const silent = await inFakeKernel(() => liveTraining().done());
  assert.deepEqual(silent, []);
});

test("liveTraining() makes room for the epochs to come, and takes it back where they do not", async () => {
  const { shown } = await train({ epochs: 50, last: 2 });
  const dates = (index: number) => Array.from(String(shown.at(index)?.data["image/svg+xml"]).matchAll(/>(\d+)</g), ([, text]) => Number(text)); // prettier-ignore
  assert.ok(dates(-2).includes(50));
  assert.deepEqual([dates(-1).includes(2), dates(-1).includes(50)], [true, false]);
});
