import assert from "node:assert/strict";
import { test } from "node:test";
import { axisPlaces } from "../../lib/chart/axisPlaces";
import type { ScatterTrace } from "../../lib/chart/figure";
import { formFor } from "../../lib/chart/narrowForm";
import { parallelCoordinates } from "../../lib/chart/parallelCoordinates";

const axes = [
  { name: "rate", values: [0.1, 0.2] },
  { name: "kind", values: ["a < b", "c"] },
  { name: "score", values: [3, 1], isScore: true },
];

test("axisPlaces() puts few numbers and words at equal distances", () => {
  const { positions, ticks } = axisPlaces({ values: [100, 1, 2, 1] });
  assert.deepEqual(positions, [1, 0, 0.5, 0]);
  assert.deepEqual(ticks, [{ at: 0, text: "1" }, { at: 0.5, text: "2" }, { at: 1, text: "100" }]); // prettier-ignore
  assert.deepEqual(axisPlaces({ values: ["b", "a", "b"] }).positions, [0, 1, 0]);
  assert.deepEqual(axisPlaces({ values: ["only"] }).positions, [0.5]);
});

test("axisPlaces() puts many numbers where they are, or by their logarithm, and a score always where it is", () => {
  const many = [0, 10, 2, 4, 5, 6, 8];
  assert.deepEqual(axisPlaces({ values: many }).positions, many.map((value) => value / 10)); // prettier-ignore
  const wide = [1, 10, 100, 1000, 2, 3, 4];
  assert.deepEqual(axisPlaces({ values: wide }).positions.slice(0, 4).map((at) => Number(at.toFixed(4))), [0, 0.3333, 0.6667, 1]); // prettier-ignore
  const even = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.equal(axisPlaces({ values: even }).positions[33], 33 / 99);
  assert.deepEqual(axisPlaces({ values: [1, 101, 51], isScore: true }).positions, [0, 1, 0.5]);
  assert.deepEqual(axisPlaces({ values: [2, 2], isScore: true }), { positions: [0.5, 0.5], ticks: [{ at: 0.5, text: "2" }] }); // prettier-ignore
});

test("parallelCoordinates() draws a line for each row through its places, the best ones apart", () => {
  const { data, layout } = parallelCoordinates(axes, { best: [0], bestName: "the best" });
  const [rails, others, best] = data as ScatterTrace[];
  assert.deepEqual([best.name, best.x, best.y], ["the best", [0, 1, 2, null], [0, 0, 1, null]]);
  assert.deepEqual([others.x, others.y], [[0, 1, 2, null], [1, 1, 0, null]]); // prettier-ignore
  assert.equal(rails.showlegend, false);
  assert.equal((best.hovertext as string[])[0], "rate 0.1, kind a &lt; b, score 3");
  assert.deepEqual(layout.annotations!.map(({ text }) => text), ["rate", "0.1", "0.2", "kind", "a &lt; b", "c", "score", "1", "3"]); // prettier-ignore
});

test("parallelCoordinates() lays the axes below one another in narrow places, and where there are many", () => {
  const figure = parallelCoordinates(axes, { best: [0] });
  const [, , best] = formFor(figure, 350).data as ScatterTrace[];
  assert.deepEqual([best.x, best.y], [[0, 0, 1, null], [0, -1, -2, null]]); // prettier-ignore
  const many = parallelCoordinates(
    Array.from({ length: 12 }, (_, at) => ({ name: `parameter ${at}`, values: [1, 2] })),
  );
  assert.deepEqual((many.data[1] as ScatterTrace).y?.slice(0, 3), [0, -1, -2]);
});

test("parallelCoordinates() refuses axes that do not fit together", () => {
  const message =
    "parallelCoordinates(): 2 axes with 2, 1 values; give two axes or more, each with a value for every row";
  assert.throws(() => parallelCoordinates([axes[0], { name: "x", values: [1] }]), { name: "TypeError", message });
  assert.throws(() => parallelCoordinates(axes.slice(0, 1)), { name: "TypeError" });
});
