import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { INK } from "../../lib/chart/ink";
import { embeddingMap } from "../../lib/chart/embeddingMap";
import type { BarTrace, ScatterTrace } from "../../lib/chart/figure";
import { linePanels } from "../../lib/chart/linePanels";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { salesForecast } from "../../lib/chart/salesForecast";
import { salesHistory } from "../../lib/chart/salesHistory";
import { purchaseMap } from "../../lib/chart/purchaseMap";
import { spreadDots } from "../../lib/chart/spreadDots";
import { BLUE, GREY, RED } from "../../lib/chart/theme";
import { trainingCurves } from "../../lib/chart/trainingCurves";
import { warpDraws } from "../../lib/chart/warpDraws";
import { sundays } from "./samples";

const names = ["Coat", "Shirt", "Bag"];
const coloursOf = (figure: ReturnType<typeof probabilityBars>) => (figure.data[0] as BarTrace).marker?.color;

test("probabilityBars() draws the predicted class red, then the true one blue", () => {
  assert.deepEqual(coloursOf(probabilityBars([0.2, 0.7, 0.1], names, { actual: 0 })), [BLUE, RED, GREY]);
  assert.deepEqual(coloursOf(probabilityBars([0.2, 0.7, 0.1], names, { actual: 1 })), [GREY, BLUE, GREY]);
  assert.deepEqual(coloursOf(probabilityBars([0.2, 0.7, 0.1], names)), [GREY, BLUE, GREY]);
});

test("probabilityBars() says in its title what was predicted and, if wrong, what is true", () => {
  const titleOf = (actual: number) => probabilityBars([0.2, 0.7, 0.1], names, { actual }).layout.title?.text;
  assert.equal(titleOf(0), "Predicted Shirt (true: Coat)");
  assert.equal(titleOf(1), "Predicted Shirt");
});

test("probabilityBars() and spreadDots() have room for a long name", () => {
  const long = "a name that is longer than most";
  const spread = { model: long, metric: "AUC", mean: 0.8, low: 0.7, high: 0.9 };
  for (const { layout } of [probabilityBars([0.2, 0.8], ["a", long]), spreadDots([spread])])
    assert.ok(layout.margin.l > 150, `${layout.margin.l} pixels`);
});

test("probabilityBars() refuses names that do not fit", () => {
  const message = "probabilityBars(): 2 probabilities for 3 names; give one for each";
  assert.throws(() => probabilityBars([0.5, 0.5], names), { name: "TypeError", message });
  assert.throws(() => probabilityBars([0.5, 0.2, 0.3], names, { actual: 3 }), {
    name: "RangeError",
    message: "probabilityBars(): class 3 has no name among 3; give a name for each class",
  });
});

test("trainingCurves() leaves validation out where there is none", () => {
  const bare = trainingCurves({ loss: [1], accuracy: [0.5], valLoss: [], valAccuracy: [] });
  assert.deepEqual(
    bare.data.map(({ name }) => name),
    ["training", "training"],
  );
  assert.equal(bare.layout.showlegend, false);
});

test("trainingCurves() counts epochs from 1 and names each colour once", () => {
  const { data } = trainingCurves({ loss: [2, 1], accuracy: [0.1, 0.2], valLoss: [3, 2], valAccuracy: [0, 0.1] });
  assert.deepEqual((data[0] as ScatterTrace).x, [1, 2]);
  assert.deepEqual(
    data.map(({ showlegend }) => showlegend),
    [true, true, false, false],
  );
});

const columns = {
  dates: sundays(3),
  sales: [100, 200, 300],
  mentions: [10, 20, 30],
  forecastDates: sundays(2, 3),
  forecastSales: Float32Array.of(310, 320),
  forecastMentions: [31, 32],
};

test("salesForecast() has the four legend names of the original, a title of its weeks, and shows the last of them", () => {
  const { data, layout } = salesForecast(columns);
  const legend = ["Historical Sales", "Historical Mentions", "Forecast Sales", "Forecast Mentions"];
  assert.deepEqual(
    data.map(({ name }) => name),
    legend,
  );
  assert.equal(layout.title?.text, "Sales and mentions: the next 2 weeks");
});

test("salesForecast() ties the dashed forecast to the last known week", () => {
  const sales = salesForecast(columns).data[2] as ScatterTrace;
  assert.deepEqual(sales.x, ["2020-01-19", "2020-01-26", "2020-02-02"]);
  assert.deepEqual(sales.y, [300, 310, 320]);
  assert.equal(sales.line?.dash, "dash");
});

test("salesForecast() adds the lines to compare with", () => {
  const extra = [{ name: "Naive <last>", dates: sundays(2, 3), values: [300, 300] }];
  const line = salesForecast(columns, { extra }).data[4] as ScatterTrace;
  assert.deepEqual([line.name, line.y, line.line?.dash], ["Naive &lt;last&gt;", [300, 300], "dot"]);
});

test("salesHistory() refuses columns of unequal length", () => {
  const message = "Mentions: 1 values for 2 dates; give one value for each date";
  assert.throws(() => salesHistory({ dates: sundays(2), sales: [1, 2], mentions: [1] }), {
    name: "TypeError",
    message,
  });
});

test("embeddingMap() gives each class its colour, symbol and points", () => {
  const { data } = embeddingMap([0, 1, 2, 3, 4, 5], [1, 0, 1], names);
  const traces = data as ScatterTrace[];
  assert.deepEqual(
    traces.map(({ name }) => name),
    ["0 Coat", "1 Shirt", "2 Bag"],
  );
  assert.deepEqual(
    [traces[1].x, traces[1].y],
    [
      [0, 4],
      [1, 5],
    ],
  );
  assert.equal(new Set(traces.map(({ marker }) => `${marker?.color} ${marker?.symbol}`)).size, 3);
});

test("embeddingMap() draws no more points than its limit, at even steps", () => {
  const points = Float32Array.from({ length: 20 }, (_, index) => Math.floor(index / 2));
  const [trace] = embeddingMap(points, new Uint8Array(10), ["one"], { limit: 5 }).data as ScatterTrace[];
  assert.deepEqual(trace.x, [0, 2, 4, 6, 8]);
});

test("embeddingMap() refuses coordinates that are not pairs", () => {
  const message = "embeddingMap(): 3 coordinates for 2 labels; give two for each label";
  assert.throws(() => embeddingMap([1, 2, 3], [0, 0], names), { name: "TypeError", message });
});

test("linePanels() gives a name one colour in all panels and names it once", () => {
  const lines = { WARP: [1, 2], BPR: [2, 1] };
  const { data } = linePanels([{ heading: "Loss", lines: lines }, { heading: "AUC", lines: { BPR: [0, 1] } }]); // prettier-ignore
  const [, bpr, again] = data as ScatterTrace[];
  assert.deepEqual([bpr.line?.color, bpr.showlegend], [again.line?.color, true]);
  assert.deepEqual([again.showlegend, again.xaxis, again.x], [false, "x2", [1, 2]]);
});

test("linePanels() takes places, and refuses another number of values", () => {
  const lines = { weight: [3, 2] };
  const { data } = linePanels([{ heading: "", lines }], { places: [10, 20] });
  assert.deepEqual((data[0] as ScatterTrace).x, [10, 20]);
  const message = 'linePanels(): "weight" has 2 values for 3 places';
  assert.throws(() => linePanels([{ heading: "", lines }], { places: [1, 2, 3] }), { name: "TypeError", message });
});

test("purchaseMap() sorts items by kind and customers by taste", () => {
  const log = { users: [0, 1], items: [0, 2], kinds: [1, 0, 0], names: ["Bag", "Coat"], tastes: [1, 0] };
  const [bags, coats] = purchaseMap(log).data as ScatterTrace[];
  assert.deepEqual([bags.x, bags.y, coats.x, coats.y], [[1], [0], [2], [1]]);
});

test("charts take more values than a call takes arguments", () => {
  const many = Float32Array.from({ length: 300_000 }, (_, i) => i % 1000);
  assert.equal((linePanels([{ heading: "", lines: { many } }]).data[0] as ScatterTrace).x.length, many.length);
  const users = Int32Array.from(many);
  const log = { users, items: new Int32Array(many.length), kinds: [0], names: ["Bag"] };
  assert.equal((purchaseMap(log).data[0] as ScatterTrace).y.length, many.length);
  assert.equal((purchaseMap({ ...log, users: [], items: [] }).data[0] as ScatterTrace).x.length, 0);
});

test("warpDraws() marks the first draw within the margin that is not the user's own", () => {
  const draws = [{ score: -1 }, { score: 0.5, own: true }, { score: 0.2 }];
  const { data, layout } = warpDraws(1, draws);
  const colours = (data as ScatterTrace[]).slice(2).map(({ marker }) => marker?.color);
  assert.deepEqual(colours, [GREY, GREY, RED]);
  const notes = layout.annotations?.slice(2).map(({ text }) => text);
  assert.deepEqual(notes, ["far enough", "bought already", "<b>violator</b>"]);
});

test("spreadDots() draws a line from least to greatest and a dot at the mean", () => {
  const [line, dot] = spreadDots([{ model: "WARP", metric: "AUC", mean: 0.8, low: 0.7, high: 0.9 }])
    .data as ScatterTrace[];
  assert.deepEqual([line.x, dot.x], [[0.7, 0.9], [0.8]]);
});

test("the grey of a chart's texts is the one that JupyterLab's style replaces by the theme's colour", () => {
  const levels = [1, 3, 5].map((at) => parseInt(INK.slice(at, at + 2), 16));
  const style = readFileSync(join(__dirname, "../../lib/lab/custom/custom.css"), "utf8");
  assert.ok(style.includes(`text[style*="fill: rgb(${levels.join(", ")})"]`));
});
