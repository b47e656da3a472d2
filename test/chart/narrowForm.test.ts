import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figure } from "../../lib/chart/figure";
import { difference, formFor, laidOver } from "../../lib/chart/narrowForm";
import { panelGrid } from "../../lib/chart/panelGrid";
import { textWidth, wrapped } from "../../lib/chart/textWidth";
import { toSVG } from "../../lib/chart/toSVG";
import { figures } from "./samples";

test("laidOver() makes of one value the other, by their difference()", () => {
  const from = { a: 1, list: [{ x: 1, keep: 2 }, { x: 2 }], range: [0, 5], gone: 1, same: { deep: [1] } };
  const to = { a: 2, list: [{ x: 1, keep: 2 }, { x: 9 }], range: [0, 3], more: { b: 1 }, same: { deep: [1] } };
  const change = difference(from, to);
  assert.deepEqual(change, { a: 2, list: { 1: { x: 9 } }, range: [0, 3], gone: null, more: { b: 1 } });
  assert.deepEqual(laidOver(from, change), { ...to, gone: null });
  assert.equal(from.list[1].x, 2);
  assert.equal(difference(from, { ...from }), undefined);
  assert.deepEqual(laidOver([1, 2], difference([1, 2], [3])), [3]);
});

const layoutFor = (name: string, room: number) => formFor(figures[name], room).layout;

test("formFor() gives a figure its narrow form below 560 pixels", () => {
  assert.equal(formFor(figures.imageGrid, 560), figures.imageGrid);
  assert.deepEqual(figures.imageGrid.layout.xaxis?.range, [0, 4]);
  assert.deepEqual(layoutFor("imageGrid", 350).xaxis?.range, [0, 3]);
  assert.ok(layoutFor("trainingCurves", 350).height > figures.trainingCurves.layout.height);
  for (const name of Object.keys(figures)) assert.ok((layoutFor(name, 350).meta?.minWidth ?? 0) <= 350, name);
});

test("toSVG() draws the narrow form where it is asked for less than 560 pixels", () => {
  assert.match(
    toSVG(figures.trainingCurves, { width: 350 }),
    new RegExp(`height="${layoutFor("trainingCurves", 350).height}"`),
  );
});

test("a title that is too long is wrapped, and the figure is taller by a line", () => {
  const { layout }: Figure = figures.purchaseMap;
  const narrow = layoutFor("purchaseMap", 350);
  assert.equal(narrow.title?.text, "Purchases by customer and kind of<br>item");
  assert.equal(narrow.height - layout.height, narrow.margin.t - layout.margin.t);
});

test("wrapped() cuts between words and leaves a long word whole", () => {
  assert.deepEqual(wrapped("one two three", textWidth("one two", 10), 10), ["one two", "three"]);
  assert.deepEqual(wrapped("incomprehensibilities", 10, 10), ["incomprehensibilities"]);
  assert.deepEqual(wrapped("", 10, 10), [""]);
});

test("panelGrid() sets panels in rows from the top", () => {
  const { places, area } = panelGrid(3, { columns: 2, gap: 0.2, plotHeight: 100, rowGap: 50 });
  assert.equal(area, 250);
  assert.deepEqual(places[1], { across: [0.6000000000000001, 1], up: [0.6, 1] });
  assert.deepEqual(places[2], { across: [0, 0.4], up: [0, 0.4] });
  assert.deepEqual(panelGrid(1, { columns: 2, gap: 0.2, plotHeight: 100 }), {
    places: [{ across: [0, 1] }],
    area: 100,
  });
});
