import { confusionMatrix } from "../../lib/chart/confusionMatrix";
import { coverageSteps } from "../../lib/chart/coverageSteps";
import { dotRows } from "../../lib/chart/dotRows";
import { embeddingMap } from "../../lib/chart/embeddingMap";
import type { Figure } from "../../lib/chart/figure";
import { flameGraph, type FlameFrame } from "../../lib/chart/flameGraph";
import { imageGrid } from "../../lib/chart/imageGrid";
import { imageRow } from "../../lib/chart/imageRow";
import { linePanels } from "../../lib/chart/linePanels";
import { parallelCoordinates } from "../../lib/chart/parallelCoordinates";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { purchaseMap } from "../../lib/chart/purchaseMap";
import { recommendationRow } from "../../lib/chart/recommendationRow";
import { forecastInterval } from "../../lib/chart/forecastInterval";
import { heatGrid } from "../../lib/chart/heatGrid";
import { reliabilityChart } from "../../lib/chart/reliabilityChart";
import { signedGrid } from "../../lib/chart/signedGrid";
import { spreadCurves } from "../../lib/chart/spreadCurves";
import { salesForecast } from "../../lib/chart/salesForecast";
import { salesHistory } from "../../lib/chart/salesHistory";
import { scoreCurves } from "../../lib/chart/scoreCurves";
import { spreadDots } from "../../lib/chart/spreadDots";
import { trainingCurves } from "../../lib/chart/trainingCurves";
import { warpDraws } from "../../lib/chart/warpDraws";

export const names = ["T-shirt/top", "Trouser", "Ankle boot"];

/** `count` images of 2 x 2 pixels, no two alike. */
export function smallImages(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 4 }, (_, index) => (index * 37) % 256);
}

export const small = { width: 2, height: 2 };

/** `count` Sundays from 2020-01-05 on. */
export function sundays(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, week) => new Date(Date.UTC(2020, 0, 5 + 7 * (first + week))).toISOString());
}

const dates = sundays(20);
const sales = dates.map((_, week) => 100 + ((week * 397) % 900));
const mentions = dates.map((_, week) => (week * 211) % 500);
const forecast = {
  forecastDates: sundays(4, 20),
  forecastSales: [510, 520, 530, 525.25],
  forecastMentions: [240, 250, 245, 1 / 3],
};

function called(name: string, kind: FlameFrame["kind"], total: number, ...children: FlameFrame[]): FlameFrame {
  return { name, kind, total, self: children.reduce((rest, child) => rest - child.total, total), children };
}

const calls = [
  called(
    "cell 3",
    "cell",
    3000,
    called(
      "train",
      "file",
      2800,
      called("@tensorflow/tfjs-layers: fitDataset", "package", 2500, called("tidy", "package", 300)),
    ),
  ),
  called("waiting", "node", 400),
];

/** One figure of each kind, by the name of its stored copy. */
export const figures: Record<string, Figure> = {
  imageGrid: imageGrid(smallImages(7), { ...small, columns: 4, names, actual: [0, 1, 2, 0, 1, 2, 0], title: "Seven" }),
  imageRow: imageRow(smallImages(3), {
    ...small,
    names,
    predicted: [0, 2, 2],
    actual: [0, 1, 2],
    confidence: [0.99, 0.4, 0.874],
  }),
  flameGraph: flameGraph(calls),
  recommendationRow: recommendationRow(smallImages(2), { ...small, scores: [2.345, -1] }),
  trainingCurves: trainingCurves({
    loss: [0.5, 0.4, 1 / 3],
    accuracy: [0.8, 0.85, 0.9],
    valLoss: [0.6, 0.5, 0.55],
    valAccuracy: [0.78, 0.8, 0.79],
  }),
  scoreCurves: scoreCurves(
    [
      { heading: "Loss", training: [0.5, NaN, 1 / 3], validation: [0.6, 0.5, 0.55] },
      { heading: "left_mse", training: [0.02, 0.004, 1e-5] },
      { heading: "a < b", training: [1, 1, 1], validation: [1e6, 2e6, 1.5e6] },
    ],
    { title: "Two rows" },
  ),
  confusionMatrix: confusionMatrix([[8, 0, 2], [0, 10, 0], [3, 3, 4]], names), // prettier-ignore
  probabilityBars: probabilityBars([0.25, 0.7, 0.05], names, { actual: 0 }),
  salesHistory: salesHistory({ dates, sales, mentions }),
  salesForecast: salesForecast(
    { dates, sales, mentions, ...forecast },
    { extra: [{ name: "Naive", dates: sundays(2, 20), values: [300, 300] }] },
  ),
  embeddingMap: embeddingMap(Float32Array.of(0, 0, 1, 0.5, -1, 2, 0.123456, 3), [0, 1, 2, 1], names),
  linePanels: linePanels(
    [
      { heading: "Loss", lines: { WARP: [3, 2, 1.5], BPR: [0.7, 0.6, 1 / 3] } },
      { heading: "AUC", lines: { BPR: [0.5, 0.6, 0.7] } },
    ],
    { title: "Two panels" },
  ),
  purchaseMap: purchaseMap({
    users: [0, 0, 1, 2],
    items: [0, 3, 1, 2],
    kinds: [0, 1, 2, 0],
    names,
    tastes: [2, 0, 1],
  }),
  spreadDots: spreadDots([
    { model: "WARP", metric: "AUC", mean: 0.8, low: 0.75, high: 0.83 },
    { model: "WARP", metric: "precision", mean: 0.07, low: 0.06, high: 0.08 },
    { model: "popularity", metric: "AUC", mean: 0.69, low: 0.68, high: 0.7 },
    { model: "popularity", metric: "precision", mean: 0.03, low: 0.03, high: 0.03 },
  ]),
  dotRows: dotRows(
    [
      { name: "T-shirt & top", values: { people: 0.876, network: 0.91 }, note: "12 s" },
      { name: "Shirt", values: { people: 0.279, network: 0.8 } },
    ],
    { title: "People and the network", label: "share that agrees with the label" },
  ),
  reliabilityChart: reliabilityChart({
    "as trained": [
      { low: 0.25, high: 0.5, count: 10, confidence: 0.4, accuracy: 0.3 },
      { low: 0.75, high: 1, count: 90, confidence: 0.95, accuracy: 0.9 },
    ],
    scaled: [{ low: 0.75, high: 1, count: 100, confidence: 0.88, accuracy: 0.85 }],
  }),
  forecastInterval: forecastInterval({
    dates: sundays(3),
    ...{ actual: [104, 125, 118], forecast: [100, 110, 120], low: [90, 100, 110], high: [110, 120, 130] },
  }),
  coverageSteps: coverageSteps(
    [
      { step: 1, coverage: 0.85, count: 64 },
      { step: 2, coverage: 0.7, count: 16 },
    ],
    { promised: 0.8 },
  ),
  heatGrid: heatGrid(new Float32Array(8).fill(0.5), [1, 1, 0, 0, 0, 0, 0, 0], {
    ...{ width: 2, height: 2, titles: ["hot", "cold"], title: "Where it looks" },
  }),
  signedGrid: signedGrid(Float32Array.of(1, 0, -1, 0.5), { width: 2, height: 2, title: "One filter" }),
  spreadCurves: spreadCurves(
    [
      { name: "frozen", runs: [[0.7, 0.8], [0.8, 0.84]] }, // prettier-ignore
      { name: "from scratch", runs: [[0.5, 0.8], [0.6, 0.85]] }, // prettier-ignore
    ],
    [10, 100],
    { place: "labels", score: "accuracy" },
  ),
  parallelCoordinates: parallelCoordinates(
    [
      { name: "learningRate", values: [0.0001, 0.001, 0.01, 0.0001, 0.001, 0.01] },
      { name: "kind", values: ["plain", "a < b", "plain", "a < b", "plain", "a < b"] },
      { name: "seed", values: [1, 2, 3, 4, 5, 6] },
      { name: "testAccuracy", values: [0.71, 0.9, 0.85, 0.7, 0.72, 0.88], isScore: true },
    ],
    { title: "Six rows", best: [1], bestName: "the best row" },
  ),
  parallelAxes: parallelCoordinates(
    Array.from({ length: 9 }, (_, axis) => ({ name: `a parameter ${axis}`, values: [axis, 1, 300, 4, 5, 6, 7] })),
  ),
  warpDraws: warpDraws(0.7, [{ score: -0.8 }, { score: 0.4, own: true }, { score: -0.1 }]),
};

/** The names of an XML text's elements in order. Throws where the text is not well formed. */
export function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const token = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`not well formed at: ${xml.slice(at, at + 60)}`);
    const [whole, closing, name, attributes, empty, text] = match;
    if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(text ?? attributes)) throw new Error(`bare ampersand in: ${whole}`);
    if (text !== undefined) continue;
    if (closing && open.pop() !== name) throw new Error(`unexpected </${name}>`);
    if (!closing) seen.push(name);
    if (!closing && !empty) open.push(name);
  }
  if (open.length) throw new Error(`not closed: ${open.join(", ")}`);
  return seen;
}
