import assert from "node:assert/strict";
import { test } from "node:test";
import { display, inNotebook } from "../../lib/notebook/display";
import { record, RECORD_MIME } from "../../lib/notebook/record";
import { inFakeKernel, printed } from "./fakeKernel";

test("display() sends all forms as one output", async () => {
  const data = { "text/html": "<b>hi</b>", "text/plain": "hi" };
  assert.deepEqual(await inFakeKernel(() => display(data)), [{ data, id: undefined, update: false }]);
});

test("display() with an id replaces what it showed before", async () => {
  const shown = await inFakeKernel(() => {
    display({ "text/plain": "1" }, { id: "bar" });
    display({ "text/plain": "2" }, { id: "bar", update: true });
  });
  assert.deepEqual(shown.map(({ id, update }) => [id, update]), [["bar", false], ["bar", true]]); // prettier-ignore
});

test("display() replaces a figure by its picture first, over which JupyterLab's Plotly draws the new one", async () => {
  const figure = { "application/vnd.plotly.v1+json": {}, "image/svg+xml": "<svg/>", "text/plain": "Sales" };
  const shown = await inFakeKernel(() => {
    display(figure, { id: "chart" });
    display(figure, { id: "chart", update: true });
  });
  const still = { "image/svg+xml": "<svg/>", "text/plain": "Sales" };
  assert.deepEqual(shown.map(({ data }) => data), [figure, still, figure]); // prettier-ignore
  assert.deepEqual(shown.map(({ update }) => update), [false, true, true]); // prettier-ignore
});

test("display() logs the plain text where no kernel runs", () => {
  assert.equal(inNotebook(), false);
  assert.deepEqual(
    printed(() => display({ "text/html": "<b>hi</b>", "text/plain": "hi" })),
    ["hi"],
  );
});

test("display() logs where the kernel's module is loaded but no cell has run yet", async () => {
  const file = "C:\\app\\node_modules\\tslab\\dist\\jupyter.js";
  require.cache[file] = { exports: { lastWriteDisplayData: null } } as unknown as NodeModule;
  try {
    assert.deepEqual(
      printed(() => display({ "text/plain": "hi" })),
      ["hi"],
    );
  } finally {
    delete require.cache[file];
  }
});

test("record() shows the line and hands name and value to the runner", async () => {
  const [{ data }] = await inFakeKernel(() => record("testAccuracy", 0.9032));
  assert.deepEqual(data, {
    [RECORD_MIME]: { name: "testAccuracy", value: 0.9032 },
    "text/plain": "testAccuracy = 0.9032",
  });
});

test("record() takes text and truth values", () => {
  assert.deepEqual(
    printed(() => (record("backend", "wasm"), record("quick", false))),
    ["backend = wasm", "quick = false"],
  );
});

test("record() refuses numbers that are not finite", () => {
  const message = 'record(): "loss" is NaN; record finite numbers only, or the text of the value';
  assert.throws(() => record("loss", NaN), { name: "RangeError", message });
  assert.throws(() => record("loss", -Infinity), RangeError);
});
