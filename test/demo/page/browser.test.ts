import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "../../../lib/demo/page/browser/combobox";
import { firstWeeks, horizonFrom } from "../../../lib/demo/page/browser/forecast";
import { latest } from "../../../lib/demo/page/browser/latest";
import { shelfOf } from "../../../lib/demo/page/browser/newcomer";
import { outlookFigure } from "../../../lib/demo/page/browser/outlookFigure";
import { sentenceOf } from "../../../lib/demo/page/browser/outlookText";
import { parseRoute, toHash } from "../../../lib/demo/page/browser/route";
import { plantedServices } from "../plantedServices";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when they are told to. */
function tasks() {
  const [begun, failed, shown]: unknown[][] = [[], [], []];
  const agains: (() => void)[] = [];
  let finish = (_error?: Error) => {};
  const task = (input: number, outdated: () => boolean) => {
    begun.push(input);
    const ended = new Promise<void>((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())));
    return ended.then(() => void (outdated() || shown.push(input)));
  };
  const ask = latest(task, (error, again) => {
    failed.push((error as Error).message);
    agains.push(again);
  });
  const end = (error?: Error) => {
    finish(error);
    return settled();
  };
  return { begun, failed, shown, agains, ask, end };
}

test("latest() runs one task at a time, and of those that came meanwhile the last", async () => {
  const { ask, end, begun, failed, shown } = tasks();
  [1, 2, 3].forEach(ask);
  assert.deepEqual(begun, [1]);
  await end();
  assert.deepEqual(begun, [1, 3]);
  await end(new Error("refused"));
  ask(4);
  await end();
  assert.deepEqual([begun, failed, shown], [[1, 3, 4], ["refused"], [4]]);
});

test("latest() does again what failed, unless a newer call has come", async () => {
  const { ask, end, begun, failed, agains } = tasks();
  ask(1);
  ask(2);
  await end(new Error("nobody wants to know"));
  await end(new Error("gone"));
  agains[0]();
  agains[0]();
  assert.deepEqual(begun, [1, 2, 2]);
  await end(new Error("still gone"));
  ask(3);
  await end();
  agains.forEach((again) => again());
  assert.deepEqual(
    [begun, failed],
    [
      [1, 2, 2, 3],
      ["gone", "still gone"],
    ],
  );
});

test("parseRoute() reads what toHash() writes, and falls back on the first tab", () => {
  const hash = toHash("forecast", { category: "T-shirt/top", horizon: "5" });
  assert.equal(hash, "#forecast?category=T-shirt%2Ftop&horizon=5");
  const { tab, choices } = parseRoute(hash);
  assert.deepEqual([tab, choices.get("category"), choices.get("horizon")], ["forecast", "T-shirt/top", "5"]);
  assert.equal(toHash("classify"), "#classify");
  assert.deepEqual(["", "#", "#nothing?user=1"].map((text) => parseRoute(text).tab), ["classify", "classify", "classify"]); // prettier-ignore
});

test("matching() puts what begins like the text before what holds it", () => {
  const users = ["0", "1", "10", "21", "31"];
  assert.deepEqual(matching(users, "1"), ["1", "10", "21", "31"]);
  assert.deepEqual(matching(users, " "), users);
  assert.deepEqual(matching(users, "x"), []);
});

test("shelfOf() goes round and round through the things of a kind", () => {
  const things = Array.from({ length: 120 }, (_, id) => ({ id, category: id % 2 ? "Bag" : "Coat" }));
  const first = (kind: string, page: number) => shelfOf(things, kind, page).map(({ id }) => id);
  assert.deepEqual([first("All kinds", 0)[0], first("All kinds", 1)[0], first("All kinds", 5)[0]], [0, 24, 0]);
  assert.deepEqual([first("Bag", 1)[0], first("Bag", 2)[0], first("Bag", 0).length], [49, 1, 24]);
});

test("horizonFrom() takes what an address may hold, else half a year", () => {
  assert.deepEqual(["1", "52", "53", "0", "2.5", "x", null].map((text) => horizonFrom(text, 52)), [1, 52, 26, 26, 26, 26, 26]); // prettier-ignore
  assert.equal(horizonFrom(null, 13), 13);
});

test("firstWeeks() shortens a forecast as the server would", () => {
  const { forecaster } = plantedServices();
  assert.deepEqual(firstWeeks(forecaster.forecast("Coat", 9), 4), forecaster.forecast("Coat", 4));
});

test("sentenceOf() says the chart in words", () => {
  const outlook = plantedServices().forecaster.forecast("Coat", 3);
  assert.equal(sentenceOf(outlook), "Coat: pieces sold in the week of 10 Jan 2026: 10, with 80 % between 9 and 11; in that of 12 Jan 2026: 12, with 80 % between 11 and 13."); // prettier-ignore
});

test("outlookFigure() joins forecast, interval and baseline to the last week known", () => {
  const outlook = plantedServices().forecaster.forecast("Coat", 2);
  const { data, layout } = outlookFigure(outlook, { past: 104, ink: "#123456", narrow: false });
  const lines = Object.fromEntries(data.map((trace, i) => [`${i} ${trace.name}`, "y" in trace ? trace.y : []]));
  assert.deepEqual(lines, {
    "0 Sold": [9],
    "1 Forecast": [9, 10, 11],
    "2 Within": [9, 9, 10],
    "3 Within": [9, 11, 12],
    "4 Baseline": [9, 10, 11],
  });
  assert.deepEqual([layout.xaxis?.range, layout.font.color], [["2026-01-03", "2026-01-11"], "#123456"]);
  const small = outlookFigure(outlook, { past: 104, ink: "#123456", narrow: true }).layout;
  assert.ok(small.height < layout.height && small.dragmode === false);
});
