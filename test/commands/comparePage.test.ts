import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePage, comparisonFigures } from "../../lib/commands/comparePage";
import type { ScatterTrace } from "../../lib/chart/figure";
import type { Comparison } from "../../lib/runner/compareRuns";

const comparison: Comparison = {
  lesson: "01-a",
  runs: ["first", "second", "third"],
  status: ["ok", "ok", "ok"],
  seconds: [1, 2, 3],
  backend: ["simd", "simd", "simd"],
  reusedEpochs: [0, 0, 0],
  parameters: { epochs: [1, 3, 2] },
  metrics: { accuracy: [0.8, 0.9, null], winner: ["relu", "a|b", null], auc: [0.5, 0.6, 0.7], loss: [3, 2, 1] },
};

test("comparisonFigures() draws numbers over the one parameter that differs, two to a figure", () => {
  const [first, second, ...more] = comparisonFigures(comparison);
  assert.deepEqual(
    ([...first.data, ...second.data] as ScatterTrace[]).map(({ name, x, y }) => [name, x, y]),
    [
      ["accuracy", [1, 2, 3], [0.8, null, 0.9]],
      ["auc", [1, 2, 3], [0.5, 0.7, 0.6]],
      ["loss", [1, 2, 3], [3, 1, 2]],
      ["seconds", [1, 2, 3], [1, 3, 2]],
    ],
  );
  assert.equal(first.layout.xaxis?.title?.text, "epochs");
  assert.deepEqual(more, []);
});

test("comparisonFigures() draws them run by run where more differs, or words", () => {
  const differing: Comparison["parameters"][] = [{}, { epochs: [1, 3, 2], seed: [1, 2, 3] }, { kind: ["a", "b", "c"] }];
  for (const parameters of differing) {
    const [{ data, layout }] = comparisonFigures({ ...comparison, parameters });
    const [{ x, y }] = data as ScatterTrace[];
    assert.deepEqual(
      [x, y],
      [
        [1, 2, 3],
        [0.8, 0.9, null],
      ],
    );
    assert.equal(layout.xaxis?.title?.text, "run");
  }
});

test("comparePage() holds a table and the charts, and asks nobody for anything", () => {
  const html = comparePage([comparison]);
  assert.match(html, /<h2 id="01-a">01-a<\/h2>[^]*<th[^>]*>2<br>second<\/th>/);
  assert.match(html, /<td>winner<\/td>[^]*>a\|b<\/td>/);
  assert.match(html, />0\.9000 \(\+0\.1000\)<\/td>/);
  assert.equal(html.match(/class="output figure"/g)?.length, 2);
  assert.equal(html.match(/id="plotly"/g)?.length, 1);
  assert.doesNotMatch(html, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:)/);
});
