import assert from "node:assert/strict";
import { test } from "node:test";
import { slidingWindows } from "../../lib/data/windows";
import { buildLstm } from "../../lib/forecast/lstm";
import { trainForecaster } from "../../lib/forecast/trainForecaster";
import { progress, type Progress } from "../../lib/notebook/progress";
import { fit } from "../../lib/recommend/fit";
import { buildRecommender } from "../../lib/recommend/model";
import { buildSixLayerCnn } from "../../lib/vision/cnn";
import { predict } from "../../lib/vision/predict";
import { checkerboard } from "../recommend/checkerboard";
import { inFakeKernel, printed } from "./fakeKernel";

/** What a bar shows while a clock runs on by `step` milliseconds before each of its calls. */
async function shownBy(step: number, calls: (bar: Progress, tick: () => void) => void, options = {}) {
  let time = 0;
  const shown = await inFakeKernel(() => {
    const bar = progress({ label: "Embedding <images>", interval: 1000, now: () => time, ...options });
    calls(bar, () => (time += step));
  });
  return shown.map(({ data, id, update }) => ({
    text: data["text/plain"],
    html: String(data["text/html"]),
    id,
    update,
  }));
}

test("progress() shows one bar after two seconds, redraws it in place and leaves the time it took", async () => {
  const shown = await shownBy(50, (bar, tick) => {
    for (let step = 1; step <= 100; step++) {
      tick();
      bar.onProgress(step, 100);
    }
  });
  assert.deepEqual(shown.map(({ text, update }) => [text, update]), [
    ["Embedding <images>: 40 of 100, 3.0 s left", false],
    ["Embedding <images>: 60 of 100, 2.0 s left", true],
    ["Embedding <images>: 80 of 100, 1.0 s left", true],
    ["Embedding <images>: 100 in 5.0 s", true],
  ]); // prettier-ignore
  assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
  assert.ok(shown[0].html.includes("Embedding &#60;images&#62;") && shown[0].html.includes("width:40.0%"));
});

test("progress() shows nothing of what ends sooner, unless it is asked to", async () => {
  const quick = (bar: Progress) => [1, 2, 3].forEach((step) => bar.update(step, 3));
  assert.deepEqual(await shownBy(0, quick), []);
  const asked = await shownBy(0, (bar) => (quick(bar), bar.done()));
  assert.deepEqual(asked.map(({ text }) => text), ["Embedding <images>: 3 in 0.0 s"]); // prettier-ignore
  assert.equal((await shownBy(0, quick, { patience: 0 })).length, 2);
});

test("progress() hears epochs by number and by what is known of them", async () => {
  const byNumber = await shownBy(1500, (bar, tick) => (tick(), tick(), bar.onEpoch(1)), { total: 4 });
  const byInfo = await shownBy(1500, (bar, tick) => (tick(), tick(), bar.onEpoch({ epoch: 1, epochs: 4 })));
  assert.deepEqual([byNumber[0].text, byInfo[0].text], new Array(2).fill("Embedding <images>: 1 of 4, 9.0 s left"));
});

test("progress() outside a notebook logs the end alone", () => {
  const lines = printed(() => {
    const bar = progress({ label: "Scoring", total: 2, patience: 0, now: () => 0 });
    bar.update(1);
    bar.update(2);
    bar.done();
  });
  assert.deepEqual(lines, ["Scoring: 2 in 0.0 s"]);
});

test("progress() goes into the options of what it shows: fit, trainForecaster, predict", async () => {
  const textsOf = async (action: (bar: Progress) => Promise<unknown>, total?: number) => {
    const shown = await inFakeKernel(async () => {
      await action(progress({ label: "Work", total, patience: 0, interval: 0, now: () => 0 }));
    });
    return shown.map(({ data }) => data["text/plain"]);
  };
  const told = ["Work: 1 of 2, 0.0 s left", "Work: 2 in 0.0 s"];
  assert.deepEqual(await textsOf((bar) => fit(buildRecommender(), checkerboard(4), { epochs: 2, ...bar })), told);
  const windows = slidingWindows(
    Float32Array.from({ length: 20 }, (_, week) => Math.sin(week)),
    1,
  );
  const forecaster = buildLstm({ steps: windows.steps, columns: 1, units: 2 });
  assert.deepEqual(await textsOf((bar) => trainForecaster(forecaster, windows, { epochs: 2, ...bar }), 2), told);
  const images = new Float32Array(2 * 784);
  assert.deepEqual(await textsOf((bar) => predict(buildSixLayerCnn(), images, { batchSize: 1, ...bar })), told);
});
