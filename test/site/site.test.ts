import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { projectRoot } from "../../lib/files";
import { buildSite } from "../../lib/site/buildSite";
import { parseArchive, toArchive } from "../../lib/site/kept/keptArchive";
import { type ServedFolder, serveFolder } from "../../lib/site/serveFolder";
import { launchBrowser, skip as noBrowser } from "../browser";
import { choose } from "./litePage";

const made = existsSync(join(projectRoot, "data", "downloads", "python", "site", "made-of.json"));
const skip = noBrowser || (made ? false : "no JupyterLite here; npm run site installs it");

const folder = mkdtempSync(join(tmpdir(), "whole-site-"));
const sent: string[] = [];
let served: ServedFolder;
let browser: Browser;
let page: Page;

const CELLS = [
  'import { seededRandom } from "./lib/random"; import * as fs from "node:fs"; "random " + seededRandom(1).uniform()',
  'import * as tf from "@tensorflow/tfjs"; import { useBackend } from "./lib/compute/useBackend"; await useBackend({ log: () => {} }); "sum " + tf.ones([3]).sum().dataSync()[0]',
  'import { slider } from "./lib/widgets/slider"; import { interact } from "./lib/widgets/interact"; interact(({ weeks }) => weeks + " weeks", { weeks: slider({ min: 1, max: 26, value: 8 }) })',
  `import { themed } from "./lib/chart/theme"; themed([], "A figure with a title of two lines in a narrow place", { height: 120 })`,
  'import { loadFashionMnist } from "./lib/data/fashionMnist"; const { train } = await loadFashionMnist({ trainLimit: 10, testLimit: 10 }); "labels " + train.labels.join(" ")',
  'fs.writeFileSync("own.txt", "written"); "last cell"',
];

before(async () => {
  if (skip) return;
  const cells = CELLS.map((source, i) => ({ cell_type: "code", id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source })); // prettier-ignore
  const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
  const notebook = join(folder, "small.ipynb");
  writeFileSync(notebook, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  const site = join(folder, "site");
  await buildSite(site, { notebooks: [notebook], quick: true, log: () => {} });
  const onFile = (file: string) => sent.push(basename(file));
  [served, browser] = [await serveFolder(site, { base: "/course/", isolated: false, onFile }), await launchBrowser()];
  page = await (await browser.newContext()).newPage();
  await page.addInitScript("navigator.storage.persist = async () => (globalThis.asked = true)");
});

after(async () => {
  await browser?.close();
  await served?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs all cells as soon as they are seen, most often before there is a kernel. */
async function runAll(): Promise<string[]> {
  await page.locator(".jp-NotebookPanel .jp-CodeCell").first().waitFor({ timeout: 90_000 });
  await choose(page, "Run", "runmenu:run-all");
  await page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: `[${CELLS.length}]:` }).waitFor({ timeout: 90_000 });
  return page.locator(".jp-CodeCell .jp-OutputArea-output").allInnerTexts();
}

const OUTPUTS = [
  /^random 0\.\d+$/,
  /^sum 3$/,
  /^(Loading widget.*|8)$/,
  /^8 weeks$/,
  /A figure with a title/,
  /^labels 9 0 0 3 0 2 7 2 5 5$/,
  /^last cell$/,
];

function checkOutputs(texts: string[]) {
  assert.equal(texts.length, OUTPUTS.length, texts.join("\n"));
  texts.forEach((text, i) => assert.match(text.trim(), OUTPUTS[i]));
}

test(
  "a first visit to a host without headers comes to the last cell, and its threads can share memory",
  { skip },
  async () => {
    await page.goto(`${served.url}lab/index.html?path=small.ipynb`);
    await page.waitForFunction("crossOriginIsolated", undefined, { timeout: 90_000 });
    checkOutputs(await runAll());
  },
);

test("of Fashion-MNIST the parts were sent that the cells read", { skip }, () => {
  const images = ["t10k-images-idx3-ubyte-part-01-of-05.gz", "train-images-idx3-ubyte-part-01-of-15.gz"];
  const labels = ["t10k-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte.gz"];
  assert.deepEqual(sent.filter((name) => name.includes("-ubyte")).sort(), [...images, ...labels].sort());
});

/** A widget is drawn, moved by the keyboard, and its kernel answers. */
async function moveSlider() {
  const handle = page.locator(".jp-CodeCell .noUi-handle");
  await handle.focus({ timeout: 60_000 });
  for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
  await page.locator(".jp-CodeCell").getByText("11 weeks").waitFor({ timeout: 30_000 });
}

test("a slider is moved, and what interact() shows follows", { skip }, moveSlider);

test("a cell is understood as it is written", { skip }, async () => {
  await page.locator(".jp-CodeCell .cm-content").last().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("; const wrong: string = 2;");
  const message = page.locator(".jp-CodeCell .atelier-message");
  await message.getByText("Type 'number' is not assignable to type 'string'.").waitFor({ timeout: 60_000 });
  await page.keyboard.press("Control+Z");
  await message.waitFor({ state: "detached", timeout: 30_000 });
});

test("a narrow screen belongs to the notebook, and a figure takes its narrow form there", { skip }, async () => {
  const wide = page.viewportSize()!;
  const titleHas = (lines: number) =>
    page.waitForFunction(
      (count) => document.querySelectorAll(".jp-RenderedPlotly .gtitle .line").length === count,
      lines,
      { timeout: 10_000 },
    );
  await titleHas(0); // one line is none of several
  await page.setViewportSize({ width: 390, height: 844 });
  const cell = ".jp-Notebook .jp-CodeCell .jp-InputArea-editor";
  await page.waitForFunction((name) => document.querySelector(name)!.clientWidth > 280, cell, { timeout: 10_000 });
  await titleHas(2);
  const room = await page.locator(".jp-OutputArea-child:has(> .jp-RenderedPlotly)").evaluate((one) => one.scrollWidth);
  assert.ok(room > 330 && room < 390, `${room} pixels`); // for the widest of the library's narrow figures, without scrolling
  await page.setViewportSize(wide);
  await titleHas(0);
});

test("the browser was asked to keep what cells have written", { skip }, async () => {
  await page.waitForFunction("globalThis.asked", undefined, { timeout: 10_000 });
});

test("all is exported as one archive, from which it is imported again", { skip }, async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), choose(page, "File", "atelier:export")]);
  const archive = parseArchive(readFileSync(await download.path()));
  assert.deepEqual([...archive.keys()].sort(), ["notebooks/own.txt", "notebooks/small.ipynb"]);
  assert.match(Buffer.from(archive.get("notebooks/small.ipynb")!).toString(), /"last cell/);
  archive.set("notebooks/own.txt", Buffer.from("imported"));
  const buffer = Buffer.from(toArchive(archive));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), choose(page, "File", "atelier:import")]);
  await chooser.setFiles({ name: "atelier.zip", mimeType: "application/zip", buffer });
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await page.getByText("Imported 2 files from atelier.zip").waitFor();
});

test("a link with the notebook opens it in another tab, after a question and under a free name", { skip }, async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await choose(page, "File", "atelier:share");
  await page.getByText("in the clipboard").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /\/course\/lab\/index\.html#name=small\.ipynb&src=[\w-]+$/);
  const other = await page.context().newPage();
  await other.goto(link.replace("#", "?"));
  const dialog = other.locator(".jp-Dialog");
  await dialog.waitFor({ timeout: 90_000 });
  assert.match(await dialog.innerText(), /"small\.ipynb" has 6 cells, \d\.\d kB\. Its code runs in this page/);
  await dialog.locator(".jp-mod-accept").click();
  await other.locator(".lm-TabBar-tabLabel", { hasText: "small 2.ipynb" }).waitFor({ timeout: 30_000 });
  assert.deepEqual(await other.locator(".jp-NotebookPanel:visible .jp-OutputArea-output").count(), 0);
  assert.doesNotMatch(other.url(), /src=/);
  await other.close();
});

test("the first page leads to the demo, which answers without a server", { skip }, async () => {
  const demo = await page.context().newPage();
  await demo.goto(served.url);
  await demo.getByRole("link", { name: "The demo" }).click();
  await demo.locator("#bars li").first().waitFor({ timeout: 90_000 });
  await demo.getByRole("tab", { name: "Recommend" }).click();
  await demo.locator("#offers li").first().waitFor();
  await demo.close();
});

test("without a network, the site comes to the last cell again, and the demo answers", { skip }, async () => {
  const kept = `caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).length)`;
  const parts = /^const PARTS = (.*);$/m.exec(readFileSync(join(folder, "site", "service-worker.js"), "utf8"))!;
  const { lessons, demo } = JSON.parse(parts[1]);
  const wanted = lessons.files.length + demo.files.length;
  await page.waitForFunction(`${kept}.then((count) => count >= ${wanted})`, undefined, { timeout: 90_000 });
  await served.close();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(`${served.url}lab/index.html?path=small.ipynb`);
  checkOutputs(await runAll());
  assert.ok(!said.some((text) => text.startsWith("Registering new JupyterLite ServiceWorker")), said.join("\n"));
  await moveSlider();
  await page.goto(`${served.url}demo/`);
  await page.locator("#bars li").first().waitFor({ timeout: 90_000 });
});
