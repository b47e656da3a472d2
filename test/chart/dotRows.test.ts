import assert from "node:assert/strict";
import { test } from "node:test";
import { dotRows, type DotRow } from "../../lib/chart/dotRows";
import type { ScatterTrace } from "../../lib/chart/figure";
import { reliabilityChart } from "../../lib/chart/reliabilityChart";

const rows: DotRow[] = [
  { name: "T-shirt & top", values: { people: 0.87654, net: 0.8 }, note: "12 s" },
  { name: "Bag", values: { people: 0.997 } },
];

test("dotRows() puts the first row at the top, a dot for each value, and a line over the row", () => {
  const { data, layout } = dotRows(rows, { label: "share" });
  const [span, , people, net] = data as ScatterTrace[];
  assert.deepEqual([span.x, span.y], [[0.8, 0.8765], [0, 0]]); // prettier-ignore
  assert.deepEqual([people.x, people.y], [[0.8765, 0.997], [0, 1]]); // prettier-ignore
  assert.deepEqual([net.x, net.y, net.hovertext], [[0.8], [0], ["T-shirt &amp; top, net: 0.8; 12 s"]]);
  assert.deepEqual(layout.yaxis?.range, [1.5, -0.5]);
  assert.deepEqual(layout.yaxis?.ticktext, ["T-shirt &amp; top", "Bag"]);
  assert.deepEqual(
    layout.annotations?.map(({ text, y }) => [text, y]),
    [["12 s", 0]],
  );
  assert.equal(layout.showlegend, true);
});

test("dotRows() has no legend for one series, leaves out what is not finite, and refuses no rows", () => {
  const { data, layout } = dotRows([{ name: "a", values: { accuracy: NaN } }]);
  assert.equal(layout.showlegend, false);
  assert.deepEqual((data[1] as ScatterTrace).x, []);
  assert.throws(() => dotRows([]), { name: "TypeError", message: "dotRows(): there are no rows; give at least one" });
});

test("reliabilityChart() draws a dot for each bin that has predictions, and its share below", () => {
  const bins = [
    { low: 0, high: 0.5, count: 0, confidence: NaN, accuracy: NaN },
    { low: 0.5, high: 1, count: 4, confidence: 0.9, accuracy: 0.75 },
  ];
  const { data } = reliabilityChart({ net: bins });
  const [diagonal, dots, bars] = data as ScatterTrace[];
  assert.deepEqual([diagonal.x, diagonal.y], [[0, 1], [0, 1]]); // prettier-ignore
  assert.deepEqual([dots.x, dots.y, bars.y], [[0.9], [0.75], [1]]);
  assert.deepEqual(dots.hovertext, ["net: 4 predictions<br>confidence 90.0 %, right 75.0 %"]);
});
