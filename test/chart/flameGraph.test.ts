import assert from "node:assert/strict";
import { test } from "node:test";
import type { BarTrace } from "../../lib/chart/figure";
import { type FlameFrame, flameGraph } from "../../lib/chart/flameGraph";

function frame(name: string, total: number, children: FlameFrame[] = []): FlameFrame {
  const self = children.reduce((rest, child) => rest - child.total, total);
  return { name, kind: name.startsWith("node") ? "node" : "cell", total, self, children };
}

/** Each bar as [row, start, end], rounded to pixels' size. */
function bars(figure: ReturnType<typeof flameGraph>) {
  return (figure.data as BarTrace[]).flatMap(({ x, y, base = [] }) =>
    x.map((length, index) => [Number(y[index]), Math.round(base[index]), Math.round(base[index] + Number(length))]),
  );
}

test("each function lies below its caller, as wide as its time, the longest first", () => {
  const figure = flameGraph([
    frame("node: wait", 200),
    frame("cell 1", 800, [frame("small", 100), frame("large", 600)]),
  ]);
  const found = bars(figure).map(([row, start, end]) => [row, Math.round(start / 10) * 10, Math.round(end / 10) * 10]);
  assert.deepEqual(found, [
    [0, 0, 800],
    [1, 0, 600],
    [1, 600, 700],
    [0, 800, 1000],
  ]);
  assert.deepEqual(
    (figure.data as BarTrace[]).map(({ name }) => name),
    ["cells", "Node"],
  );
});

test("hover tells the share and the function's own time; long runs are in seconds", () => {
  const figure = flameGraph([frame("train", 8000, [frame("step", 6000)])]);
  const [{ hovertext }] = figure.data as BarTrace[];
  assert.deepEqual(hovertext, [
    "<b>train</b><br>8.00 s (100.0 %), 2.00 s in itself",
    "<b>step</b><br>6.00 s (75.0 %), 6.00 s in itself",
  ]);
  assert.equal(figure.layout.xaxis?.title?.text, "seconds");
});

test("what is too narrow to be seen is left out, and depth is bounded", () => {
  let deep = frame("deepest", 10);
  for (let level = 0; level < 100; level++) deep = frame(`level ${level}`, 10, [deep]);
  const rows = bars(flameGraph([deep, frame("tiny", 0.001)])).map(([row]) => row);
  assert.equal(Math.max(...rows), 35);
  assert.equal(rows.length, 36);
});

test("functions without any time are refused", () => {
  assert.throws(() => flameGraph([]), /RangeError|took no time/);
  assert.throws(() => flameGraph([frame("nothing", 0)]), /the 1 functions took no time; give some that did/);
});
