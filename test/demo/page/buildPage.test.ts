import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPage } from "../../../lib/demo/page/buildPage";

test("buildPage() gives a page whose files are all its own, with nothing inline", async () => {
  const { html, files } = await buildPage();
  const asked = Array.from(
    html.matchAll(/(?:src|href|data-plotly)="(assets\/[^"?]+)\?[0-9a-f]{10}"/g),
    ([, path]) => path,
  );
  assert.deepEqual(asked.sort(), ["assets/page.js", "assets/plotly.js", "assets/style.css", "assets/theme.js"]);
  assert.deepEqual(
    [...files.keys()].sort(),
    asked.map((path) => `/${path}`),
  );
  assert.doesNotMatch(html, /<style|<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|\{\{|undefined/);
  const addresses = [
    html,
    ...["page.js", "style.css"].map((name) => String(files.get(`/assets/${name}`)?.body)),
  ].join();
  const elsewhere = Array.from(addresses.matchAll(/https?:\/\/[^\s"'`)]+/g), ([address]) => address);
  assert.deepEqual([...new Set(elsewhere)].filter((address) => !address.startsWith("http://www.w3.org/")), []); // prettier-ignore
});

test("buildPage() marks a file by its content, the same for the same sources", async () => {
  assert.equal((await buildPage()).html, (await buildPage()).html);
});
