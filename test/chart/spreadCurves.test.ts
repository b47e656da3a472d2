import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterTrace } from "../../lib/chart/figure";
import { spreadCurves } from "../../lib/chart/spreadCurves";
import { toSVG } from "../../lib/chart/toSVG";

const curves = [
  { name: "frozen", runs: [[0.6, 0.7, 0.8], [0.8]] },
  { name: "a < b", runs: [[0.5], [0.9, 0.7]] },
];

test("spreadCurves() draws the mean of each place's runs in a band from the least to the greatest", () => {
  const { data, layout } = spreadCurves(curves, [1, 200], { title: "Few labels", place: "labels", score: "accuracy" });
  const [band, , line] = data as ScatterTrace[];
  assert.deepEqual([line.x, line.y, line.name], [[0, 1], [0.7, 0.8], "frozen"]); // prettier-ignore
  assert.deepEqual([band.x, band.y], [[0, 1, 1, 0], [0.6, 0.8, 0.8, 0.8]]); // prettier-ignore
  assert.deepEqual([band.fill, band.showlegend], ["toself", false]);
  assert.deepEqual([layout.xaxis?.tickvals, layout.xaxis?.ticktext], [[0, 1], ["1", "200"]]); // prettier-ignore
  assert.deepEqual(line.hovertext, ["frozen, 1: 0.700, 0.600 to 0.800", "frozen, 200: 0.800, 0.800 to 0.800"]);
});

test("spreadCurves() names each line once, safely, and has a still picture", () => {
  const figure = spreadCurves(curves, [1, 200]);
  const named = figure.data.filter(({ showlegend }) => showlegend !== false).map(({ name }) => name);
  assert.deepEqual(named, ["frozen", "a &lt; b"]);
  assert.match(toSVG(figure), /fill="#1f80c02e"/);
});

test("spreadCurves() lets a curve end early where that is allowed, and labels round places where they are many", () => {
  const runs = Array.from({ length: 100 }, (_, at) => [at, at + 2]);
  const places = runs.map((_, at) => at + 1);
  const early = { name: "early", runs: runs.slice(0, 40) };
  const { data, layout } = spreadCurves([{ name: "late", runs }, early], places, { mayEndEarly: true });
  const [, band, , line] = data as ScatterTrace[];
  assert.deepEqual([line.y?.length, line.y?.at(-1), band.x?.length, line.mode], [40, 40, 80, "lines"]);
  assert.deepEqual(layout.xaxis?.ticktext, ["10", "20", "30", "40", "50", "60", "70", "80", "90", "100"]);
  assert.deepEqual(layout.xaxis?.tickvals?.slice(0, 2), [9, 19]);
  assert.throws(() => spreadCurves([{ name: "none", runs: [] }], places, { mayEndEarly: true }), { name: "TypeError" });
});

test("spreadCurves() refuses places without runs", () => {
  const message = 'spreadCurves(): "x" has 1 lists of runs for 2 places; give one list with a score or more for each';
  assert.throws(() => spreadCurves([{ name: "x", runs: [[1]] }], [1, 2]), { name: "TypeError", message });
  assert.throws(() => spreadCurves([{ name: "x", runs: [[1], []] }], [1, 2]), { name: "TypeError" });
});
