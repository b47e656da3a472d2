import assert from "node:assert/strict";
import { test } from "node:test";
import { progress, type Progress } from "../../lib/notebook/progress";
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
