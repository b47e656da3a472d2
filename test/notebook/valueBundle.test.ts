import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import * as arquero from "arquero";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { giveDisplay } from "../../lib/notebook/giveDisplay";
import { show } from "../../lib/notebook/show";
import { valueBundle } from "../../lib/notebook/valueBundle";
import { inFakeKernel } from "./fakeKernel";

const DISPLAY = Symbol.for("Jupyter.display");
const methodOf = (value: unknown) => (value as Record<symbol, () => object>)[DISPLAY];

test("valueBundle() asks the value's own method first, and fills in the text", async () => {
  const own = { "text/html": "<b>1</b>", "image/png": Uint8Array.of(1, 2), "text/latex": undefined };
  const value = { data: [], layout: {}, [DISPLAY]: () => own };
  const { "text/plain": text, ...rest } = await valueBundle(value);
  assert.deepEqual(rest, { "text/html": "<b>1</b>", "image/png": "AQI=" });
  assert.match(text, /^\{/);
  const later = { [DISPLAY]: async () => ({ "text/plain": "later" }) };
  assert.deepEqual(await valueBundle(later), { "text/plain": "later" });
});

test("valueBundle() shows what has no method by its kind, else as text", () => {
  assert.equal(
    (valueBundle(Uint8Array.of(1, 2)) as object as Record<string, string>)["text/plain"].split("\n").length,
    3,
  );
  assert.deepEqual(valueBundle({ a: [1] }), { "text/plain": "{ a: [ 1 ] }" });
  assert.deepEqual(valueBundle("text"), { "text/plain": "text" });
  assert.deepEqual(valueBundle(undefined), { "text/plain": "undefined" });
});

test("valueBundle() refuses what is no bundle", async () => {
  const message = (got: string) => `Symbol.for("Jupyter.display") gave ${got}; an object of MIME types is wanted`;
  assert.throws(() => valueBundle({ [DISPLAY]: () => 5 }), { name: "TypeError", message: message("5") });
  assert.throws(() => valueBundle({ [DISPLAY]: () => [1] }), { message: message("[ 1 ]") });
  await assert.rejects(async () => valueBundle({ [DISPLAY]: async () => null }), { message: message("null") });
});

test("figures have the method, and are the same data with it", () => {
  const figure = probabilityBars([1], ["Coat"]);
  assert.deepEqual(methodOf(figure)(), { ...valueBundle(figure) });
  assert.deepEqual(Object.keys(figure), ["data", "layout", "config"]);
  assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure);
  assert.deepEqual(structuredClone(figure), figure);
});

test("giveDisplay() gives tables, tensors and typed arrays the method, unseen by loops and comparisons", () => {
  giveDisplay(arquero, tf);
  for (const value of [arquero.table({ a: [1] }).filter(() => true), tf.variable(tf.ones([2])), Float64Array.of(1, 2)])
    assert.deepEqual(Object.keys(methodOf(value).call(value)).slice(0, 2), ["text/html", "text/plain"]);
  const seen: string[] = [];
  for (const key in Uint8Array.of(1)) seen.push(key);
  assert.deepEqual(seen, ["0"]);
  giveDisplay(arquero, tf); // a second copy of the library takes over
});

test("giveDisplay() lets tensors, tables, layers and models take a line where they are printed", () => {
  giveDisplay(arquero, tf);
  const model = tf.sequential({ name: "one", layers: [tf.layers.dense({ units: 1, inputShape: [1], name: "last" })] });
  const value = { x: tf.ones([2]), tables: [arquero.table({ a: [1] })], model, layer: model.layers[0] };
  assert.equal(
    inspect(value),
    "{\n  x: Tensor float32 [2] [1, 1],\n  tables: [ Table, 1 row: a ],\n  model: Sequential one, 1 layer, 2 parameters,\n  layer: Dense last, output [?, 1], 2 parameters\n}",
  );
});

test("show() shows any value, and waits where the value's method does", async () => {
  const shown = await inFakeKernel(async () => {
    assert.equal(show(arquero.table({ a: [1] })), undefined);
    show({ a: 1 }, { id: "x" });
    show({ ...probabilityBars([1], ["Coat"]) });
    await show({ [DISPLAY]: async () => ({ "text/html": "<i>", "text/plain": "late" }) });
  });
  assert.deepEqual(
    shown.map(({ data, id }) => [Object.keys(data).length, id]),
    [[3, undefined], [1, "x"], [4, undefined], [2, undefined]], // prettier-ignore
  );
});

test("valueBundle() puts Node's text where the value's own is none, as notebooks hold texts only", () => {
  const value = { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": 5, "text/html": "<b>5</b>" }) };
  assert.deepEqual(valueBundle(value), { "text/plain": inspect(value), "text/html": "<b>5</b>" });
});
