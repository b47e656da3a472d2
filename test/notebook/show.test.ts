import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { figureBundle } from "../../lib/chart/figureBundle";
import { PLOTLY_INTEGRITY, PLOTLY_VERSION } from "../../lib/chart/figureHTML";
import { toSVG } from "../../lib/chart/toSVG";
import { show } from "../../lib/notebook/show";
import { figures } from "../chart/samples";
import { inFakeKernel, printed } from "./fakeKernel";

const PLOTLY = "application/vnd.plotly.v1+json";
const html = (bundle: ReturnType<typeof figureBundle>) => String(bundle["text/html"]);
const jsonIn = (page: string) => /<script type="application\/json">(.*?)<\/script>/s.exec(page)?.[1] ?? "";

test("show() sends one output in four forms, the figure as an object", async () => {
  const shown = await inFakeKernel(() => show(figures.salesForecast));
  assert.equal(shown.length, 1);
  const { data } = shown[0];
  assert.deepEqual(Object.keys(data).sort(), [PLOTLY, "image/svg+xml", "text/html", "text/plain"].sort());
  assert.deepEqual(data[PLOTLY], figures.salesForecast);
  assert.equal(data["image/svg+xml"], toSVG(figures.salesForecast));
});

test("show() describes the figure in one line, also outside a notebook", () => {
  const line =
    "Sales and mentions: the next 4 weeks (Historical Sales, Historical Mentions, Forecast Sales, Forecast Mentions, Naive)";
  assert.deepEqual(
    printed(() => show(figures.salesForecast)),
    [line],
  );
});

test("show() gives back nothing, so a cell that ends in it prints nothing more", () => {
  printed(() => assert.equal(show(figures.probabilityBars), undefined));
});

test("figureBundle() puts the figure into its HTML once, and plotly.js never", () => {
  for (const figure of Object.values(figures)) {
    const bundle = figureBundle(figure);
    const size = JSON.stringify(figure).length + (toSVG(figure).length * 4) / 3;
    assert.ok(html(bundle).length < size + 4000, `${html(bundle).length} characters for ${size}`);
    assert.deepEqual(JSON.parse(jsonIn(html(bundle))), figure);
  }
});

test("figureBundle() keeps names that look like tags inside the data", () => {
  const bundle = figureBundle(probabilityBars([1], ["</script><script>alert(1)</script>"], { title: "</script><!--" }));
  assert.equal(html(bundle).split("</script>").length - 1, 2);
  assert.doesNotMatch(html(bundle), /<!--|alert\(1\)<\/script>/);
  assert.equal(bundle["text/plain"], "</script><!--");
});

test("the pinned plotly.js is the one of the package, to the byte", () => {
  const file = require.resolve("plotly.js-dist-min/plotly.min.js");
  const sum = createHash("sha384").update(readFileSync(file)).digest("base64");
  assert.equal(PLOTLY_INTEGRITY, `sha384-${sum}`);
  const { version } = JSON.parse(readFileSync(require.resolve("plotly.js-dist-min/package.json"), "utf8"));
  assert.equal(PLOTLY_VERSION, version);
});
