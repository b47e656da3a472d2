import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScatterTrace } from "../../lib/chart/figure";
import { epochCurves } from "../../lib/commands/epochCurves";
import { bestTable, sweepPage } from "../../lib/commands/sweepPage";
import type { ScoredSweep } from "../../lib/sweep/scoredSweep";

/** A sweep of two rates, two kinds and three seeds; rate 0.2 is better, kind b worse. */
function scored(varied: string[], keep = (_: Record<string, unknown>) => true): ScoredSweep {
  const all = [0.1, 0.2].flatMap((rate) =>
    ["a", "b|c"].flatMap((kind) => [1, 2, 3].map((seed) => ({ rate, kind, seed }))),
  );
  const rows = all.filter(keep).map((parameters, index) => ({ id: `row-${index}`, parameters }));
  const results = rows.map(({ parameters: { rate, kind, seed } }) => {
    const score = rate * 10 - (kind === "a" ? 0 : 0.5) + seed / 100;
    return { status: "ok" as const, seconds: 1, metrics: { score, loss: 1 / score } };
  });
  const ranked = rows.map((row, index) => ({ row, result: results[index], score: results[index].metrics.score }));
  ranked.sort((a, b) => b.score - a.score);
  const sweep = { name: "rates", notebook: "n.ipynb", varied, rows };
  return { sweep, results, metric: "score", isLeastBest: false, ranked };
}

const headings = (html: string) => Array.from(html.matchAll(/<h2 [^>]*>(.*?)<\/h2>/g), ([, text]) => text);
const figures = (html: string) => html.match(/class="output figure"/g)?.length ?? 0;

test("bestTable() has the parameters that differ and the numbers of the best rows", () => {
  const [head, rows] = bestTable(scored(["rate", "kind", "seed"]), 2);
  assert.deepEqual(head, ["", "rate", "kind", "seed", "score", "loss", "time"]);
  assert.deepEqual(rows, [
    ["1", "0.2", "a", "3", "2.0300", "0.4926", "1.0 s"],
    ["2", "0.2", "a", "2", "2.0200", "0.4950", "1.0 s"],
  ]);
});

test("sweepPage() shows the best rows, all rows, each parameter but the seed, and what matters most, offline", () => {
  const html = sweepPage(scored(["rate", "kind", "seed"]));
  assert.deepEqual(headings(html), ["The best rows", "All rows", "Each parameter", "What matters most", "All numbers"]);
  assert.equal(figures(html), 4);
  assert.match(html, /kind b\|c/);
  // Of 12 rows, the variances are 1/4 by rate, 1/16 by kind, and next to nothing by seed.
  const section = html.slice(html.indexOf(">What matters most</h2>"));
  const shares = Array.from(section.matchAll(/"text":"(\d\.\d\d)"/g), ([, share]) => share);
  assert.deepEqual(shares, ["0.78", "0.12", "0.00"]);
  assert.doesNotMatch(html, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:)/);
});

test("sweepPage() draws what rows have recorded over their epochs, a line for each value of the first parameter", () => {
  const all = scored(["rate", "kind", "seed"]);
  const results = all.results.map((result, index) => {
    const { rate, seed } = all.sweep.rows[index].parameters as Record<string, number>;
    const loss = Array.from({ length: rate === 0.1 ? 3 : 2 }, (_, epoch) => rate * 10 + seed + epoch);
    return { ...result!, curves: { "net/loss": loss } };
  });
  const ranked = all.ranked.map((row) => ({ ...row, result: results[all.sweep.rows.indexOf(row.row)] }));
  const [figure, ...others] = epochCurves({ ...all, results, ranked });
  assert.equal(others.length, 0);
  const [band, , first, second] = figure.data as ScatterTrace[];
  assert.deepEqual([first.name, first.y], ["rate 0.1", [3, 4, 5]]);
  assert.deepEqual([second.name, second.y], ["rate 0.2", [4, 5]]);
  assert.deepEqual(band.y, [2, 3, 4, 6, 5, 4]);
  const html = sweepPage({ ...all, results, ranked });
  assert.match(html, /<h2 [^>]*>Over the epochs<\/h2>/);
  const [alone] = epochCurves({ ...all, results, ranked, sweep: { ...all.sweep, varied: ["seed"] } });
  assert.deepEqual(alone.data.filter(({ showlegend }) => showlegend !== false).map(({ name }) => name), ["net/loss"]); // prettier-ignore
});

test("epochCurves() keeps the values of the best rows where they are more than six", () => {
  const kinds = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const rows = kinds.map((kind) => ({ id: kind, parameters: { kind } }));
  const ranked = rows.map((row, index) => {
    const result = { status: "ok" as const, seconds: 1, metrics: {}, curves: { loss: [index] } };
    return { row, result, score: index };
  });
  const sweep = { name: "s", notebook: "n.ipynb", varied: ["kind"], rows };
  const [figure] = epochCurves({
    sweep,
    results: [],
    metric: "m",
    isLeastBest: false,
    ranked: ranked.slice().reverse(),
  });
  const names = figure.data.filter(({ showlegend }) => showlegend !== false).map(({ name }) => name);
  assert.deepEqual(names, ["kind h", "kind g", "kind f", "kind e", "kind d", "kind c"]);
});

test("sweepPage() leaves out what a sweep of seeds alone, or of one row, does not tell", () => {
  const seeds = sweepPage(scored(["seed"], ({ rate, kind }) => rate === 0.1 && kind === "a"));
  assert.deepEqual(headings(seeds), ["The best rows", "All rows", "All numbers"]);
  assert.match(seeds, /<td[^>]*>score<\/td>\s*<td[^>]*>3<\/td>\s*<td[^>]*>1\.0200<\/td>\s*<td[^>]*>0\.0100<\/td>/);
  const one = sweepPage(scored([], ({ rate, kind, seed }) => rate === 0.1 && kind === "a" && seed === 1));
  assert.equal(figures(one), 0);
});
