import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runInNewContext } from "node:vm";
import type { Cell, Output } from "../../lib/runner/notebook";
import { toHTML } from "../../lib/runner/toHTML";
import { code, notebookOf, prose } from "./samples";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

const facts = { title: "A <b>title</b>" };

function shown(source: string, ...outputs: Output[]): Cell {
  return { ...code(source), outputs, execution_count: 3 };
}

function display(data: Record<string, unknown>): Output {
  return { output_type: "display_data", data, metadata: {} };
}

const figure = { data: [{ y: [1, 2], name: "</script><b>" }], layout: { height: 300, meta: { minWidth: 400 } } };
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>still</text></svg>';
const bundle = {
  "application/vnd.plotly.v1+json": figure,
  "text/html": "<p>loader</p>",
  "image/svg+xml": svg,
  "text/plain": "plain",
};

test("toHTML() shows prose, highlighted code, counts, and links between headings", () => {
  const html = toHTML(
    notebookOf(
      prose("# Lesson one\n\n[below](#The-second-part!) [next](02-b.ipynb#x) [web](https://a.org/b.ipynb)"),
      prose("## The second part!\n\n<details><summary>Q</summary>A</details>\n\n## The second part!"),
      shown('const a = "<&>";'),
      prose("```ts\nconst b = 1;\n```\n\n```\n<plain>\n```"),
    ),
    facts,
  );
  assert.match(html, /<h1 id="lesson-one">/);
  assert.match(
    html,
    /<a href="#the-second-part">below<\/a> <a href="02-b\.html#x">.*href="https:\/\/a\.org\/b\.ipynb"/,
  );
  assert.match(html, /<h2 id="the-second-part">[^]*<details>[^]*<h2 id="the-second-part-1">/);
  assert.match(html, /<nav [^]*href="#the-second-part-1"/);
  assert.match(html, /\[3\]<\/span><pre><code><span class="hljs-keyword">const<\/span> a = /);
  assert.match(html, /&quot;&lt;&amp;&gt;&quot;/);
  assert.match(html, /class="language-ts"><span class="hljs-keyword">const/);
  assert.match(html, /&#60;plain&#62;/);
  assert.match(html, /<title>A &#60;b&#62;title&#60;\/b&#62;<\/title>/);
  assert.equal(html.match(/<h1/g)?.length, 1);
});

test("toHTML() says at the top that a run had other values than the text, and which", () => {
  const lesson = code("const epochs: number = 10;\nconst seed = 1;\nconst fresh = false;", "parameters");
  const page = (source: string) => {
    const notebook = notebookOf(prose("# Lesson"), lesson, code(source, "injected-parameters"));
    notebook.metadata.atelier = { quick: { epochs: 1 } };
    return /<header>(.*?)<\/header>/s.exec(toHTML(notebook, facts))?.[1] ?? "";
  };
  const text = (html: string) =>
    html
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  const note =
    "The text describes a run with the lesson’s own values. Its numbers and findings may not fit the outputs below.";
  assert.match(page("const epochs: number = 1;"), /^<div class="changed" role="note">/);
  assert.equal(
    text(page("const epochs: number = 1;")),
    `A quick run, with small values. Here epochs = 1 instead of 10. ${note}`,
  );
  assert.equal(
    text(page("const epochs = 10; const seed = 7;")),
    `A run with other values. Here seed = 7 instead of 1. ${note}`,
  );
  assert.equal(page("const epochs: number = 10; const fresh = true;"), "");
});

test("toHTML() names a page that the notebook served, and leaves its address out", () => {
  const data = {
    "text/html": '<a href="http://127.0.0.1:1/">here</a>',
    "text/plain": "open http://127.0.0.1:1/",
    "application/vnd.atelier.served+json": { title: "A <demo>" },
  };
  const html = toHTML(notebookOf(shown("page", display(data))), facts);
  assert.match(
    html,
    /<b>A &#60;demo&#62;<\/b>: a page that the notebook serves while its kernel runs\. Run the notebook to open it\./,
  );
  assert.doesNotMatch(html, /127\.0\.0\.1/);
});

test("toHTML() wraps what was printed, but not tables drawn with lines", () => {
  const printed = (text: string) =>
    toHTML(notebookOf(shown("x", { output_type: "stream", name: "stdout", text })), facts);
  assert.match(printed("a long line"), /<pre class="output stream log">/);
  assert.match(printed("│ a │"), /<pre class="output stream ">/);
});

test("toHTML() leads links to files from where the page lies", () => {
  const text = "[files](../docs/an%20api/index.html#top) [data](data/a.csv) [next](02-b.ipynb) [root](/a.html)";
  const folders = { folder: "/home/notebooks", pageFolder: "/home/runs/2026" };
  const links = (more: object) =>
    Array.from(
      toHTML(notebookOf(prose(text)), { title: "t", ...more }).matchAll(/<section class="prose">.*?<\/section>/gs),
      ([found]) => Array.from(found.matchAll(/href="([^"]*)"/g), ([, href]) => href),
    )[0];
  assert.deepEqual(links(folders), [
    "../../docs/an%20api/index.html#top",
    "../../notebooks/data/a.csv",
    "02-b.html",
    "/a.html",
  ]);
  assert.deepEqual(links({ folder: "/home" }).slice(0, 2), ["../docs/an%20api/index.html#top", "data/a.csv"]);
});

test("toHTML() takes nothing from elsewhere, and plotly.js once where there are figures", () => {
  const without = toHTML(notebookOf(shown("1", display({ "text/plain": "x" }))), facts);
  const once = toHTML(notebookOf(shown("1", display(bundle), display(bundle))), facts);
  assert.equal(without.match(/id="plotly"/g), null);
  assert.equal(once.match(/id="plotly"/g)?.length, 1);
  for (const page of [without, once]) assert.doesNotMatch(page, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:)/);
});

test("toHTML() puts plotly.js in so that it runs, and figures so that nothing in them ends their script", () => {
  const html = toHTML(notebookOf(shown("1", display(bundle))), facts);
  const [, source] = /<script type="text\/plain" id="plotly">([^]*?)<\/script>/.exec(html) ?? [];
  const module = { exports: {} as Record<string, unknown> };
  assert.ok(source.length > 1e6 && !/<!--/.test(source));
  assert.doesNotThrow(() => runInNewContext(`(function () {${source}\n})`, { module }));
  const [, json] = /<script type="application\/json">([^]*?)<\/script>/.exec(html) ?? [];
  assert.deepEqual(JSON.parse(json), figure);
});

test("toHTML() shows of each output the richest form, and a figure's drawing until it lives", () => {
  const html = (data: Record<string, unknown>) => toHTML(notebookOf(shown("1", display(data))), facts);
  const rest = { ...bundle, "application/vnd.plotly.v1+json": undefined };
  assert.match(html(bundle), /min-height:300px"><div class="still" style="min-width:400px"><svg/);
  assert.doesNotMatch(html(bundle), /loader/);
  assert.match(html(rest), /<div class="output html"><p>loader<\/p><\/div>/);
  assert.match(html({ "image/svg+xml": svg, "text/plain": "x" }), /<div class="output picture"><svg/);
  const asPicture = /<img src="data:image\/svg\+xml;base64,/;
  const [sharing, linking] = ['<g id="a"/>', '<image href="https://example.org/a.png"/>'];
  const [running, hearing] = ["<script>run()</script>", '<rect/onload="run()"/>'];
  for (const inside of [sharing, linking, running, hearing])
    assert.match(html({ "image/svg+xml": `<svg>${inside}</svg>` }), asPicture);
  const drawn = '<svg><image href="data:image/png;base64,AA=="/></svg>';
  assert.ok(html({ "image/svg+xml": drawn }).includes(drawn));
  assert.match(html({ "image/png": "iVBO\nRw==", "text/plain": 'a "b"' }), /base64,iVBORw==" alt="a &#34;b&#34;"/);
  assert.match(html({ "text/markdown": "**bold**\n\n# Not a heading of the page" }), /<strong>bold<\/strong>/);
  assert.match(html({ "text/plain": "<1>" }), /<pre class="output">&#60;1&#62;<\/pre>/);
});

test("toHTML() colours streams, marks warnings, and says at the top where a run stopped", () => {
  const html = toHTML(
    notebookOf(
      shown("1", {
        output_type: "stream",
        name: "stdout",
        text: "\u001b[1;32mok\u001b[0m \u001b[38;5;31mwide\u001b[2K<",
      }),
      shown("2", { output_type: "stream", name: "stderr", text: "careful" }),
      shown("3", {
        output_type: "error",
        ename: "RangeError",
        evalue: "no <1>",
        traceback: ["RangeError: no <1>", " at f"],
      }),
    ),
    facts,
  );
  assert.match(html, /<span class="ansi-bold ansi-green">ok<\/span> wide&#60;<\/pre>/);
  assert.match(html, /<pre class="output stream stderr log">careful/);
  assert.match(html, /<strong>RangeError: no &#60;1&#62;<\/strong> at f<\/pre>/);
  assert.match(
    html,
    /An error was met in <a href="#failed-c3">cell 3<\/a>: RangeError: no &#60;1&#62;<.*id="failed-c3"/s,
  );
  const wanted = { ...shown("3", { output_type: "error", ename: "E", evalue: "", traceback: [] }) };
  wanted.metadata = { tags: ["raises-exception"] };
  assert.doesNotMatch(toHTML(notebookOf(wanted), facts), /id="failed-|An error was met/);
});

test("toHTML() tells date, time, parameters and results, and marks injected values and hidden code", () => {
  const run = {
    title: "T",
    date: new Date(2026, 10, 22),
    seconds: 245,
    parameters: { epochs: 3, name: "<a>" },
    metrics: { accuracy: 0.90823456, winner: "relu" },
  };
  const html = toHTML(notebookOf(code("const epochs = 3;", "injected-parameters"), code("hidden", "hide-input")), run);
  assert.match(html, /Run on <b>22 November 2026<\/b>.*took <b>4 min 05 s<\/b>/);
  assert.match(html, /<code>epochs = 3<\/code>.*<code>name = &#34;&#60;a&#62;&#34;<\/code>/);
  assert.match(html, /accuracy <b>0\.9082<\/b>.*winner <b>relu<\/b>/);
  assert.match(html, /class="cell injected"><div class="code"><div class="note">Values set for this run/);
  assert.match(html, /<details class="code"><summary>Code<\/summary>/);
  assert.match(html, /<h1>T<\/h1>/);
});

test("toHTML() leaves out or folds what tags say, and shows a cell that failed whole", () => {
  const output: Output = { output_type: "stream", name: "stdout", text: "said" };
  const html = (...tags: string[]) => {
    const cell = { ...code("source", ...tags), outputs: [output] };
    const page = toHTML(notebookOf(cell, { ...prose("words"), metadata: { tags } }), facts);
    return page.slice(page.indexOf("<main>"), page.indexOf("</main>"));
  };
  assert.match(html(), /source[^]*said[^]*words/);
  for (const tag of ["remove-cell", "remove_cell"]) assert.doesNotMatch(html(tag), /source|said|words/);
  for (const tag of ["remove-input", "remove_input"]) assert.match(html(tag), /^(?![^]*source)[^]*said[^]*words/);
  assert.match(html("remove-output"), /^(?![^]*said)[^]*source[^]*words/);
  assert.match(
    html("hide-input"),
    /<details class="code"><summary>Code<\/summary>[^]*source[^]*<\/details>\s*<pre[^]*said/,
  );
  assert.match(
    html("hide-output"),
    /source[^]*<details class="folded"><summary>Output<\/summary><pre[^]*said[^]*<\/details>/,
  );
  assert.match(html("hide-cell"), /<details class="folded"><summary>Cell<\/summary><section[^]*source[^]*said/);
  const error: Output = { output_type: "error", ename: "E", evalue: "broken", traceback: [] };
  const failed = toHTML(notebookOf({ ...code("source", "remove-cell"), outputs: [error] }), facts);
  assert.match(failed, /source[^]*E: broken/);
});

test("toHTML() puts pictures beside the notebook and attachments into the page", () => {
  const cell = { ...prose("![a](attachment:a.png) ![b](dot.svg) ![c](none.png)"), attachments: {} };
  cell.attachments = { "a.png": { "image/png": "iVBO" } };
  const html = toHTML(notebookOf(cell), { ...facts, folder: join(__dirname, "../fixtures/notebooks") });
  assert.match(html, /<img src="data:image\/png;base64,iVBO" alt="a">/);
  assert.match(html, /<img src="data:image\/svg\+xml;base64,[\w+/=]+" alt="b">/);
  assert.match(html, /<img src="none\.png" alt="c">/);
});

test("toHTML() leaves the address of a picture or link it cannot read as it is", () => {
  const addresses = ["%E0%A4.png", "folder.png", "attachment:empty.png", "attachment:%E0.png", "attachment:toString"];
  const cell = prose(addresses.map((address) => `![x](${address})`).join(" ") + " [y](#%E0%A4)");
  cell.attachments = { "empty.png": {} };
  mkdirSync(join(folder, "folder.png"));
  const html = toHTML(notebookOf(cell), { ...facts, folder });
  for (const address of addresses) assert.ok(html.includes(`<img src="${address}" alt="x">`), address);
  assert.match(html, /<a href="#e0a4">y<\/a>/);
});
