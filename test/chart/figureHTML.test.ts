import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { figureHTML } from "../../lib/chart/figureHTML";
import { pictureHTML } from "../../lib/chart/pictureHTML";
import { toSVG } from "../../lib/chart/toSVG";
import { launchBrowser, skip } from "../browser";
import { figures } from "./samples";

let browser: Browser | undefined;
let shared: Page | undefined; // one for all tests: its process has compiled plotly.js already
after(() => browser?.close());

const plotly = readFileSync(require.resolve("plotly.js-dist-min/plotly.min.js"), "utf8");
const script = (body: string) => ({
  contentType: "text/javascript",
  headers: { "access-control-allow-origin": "*" },
  body,
});

/** What can be had where; everything else is not found. */
interface World {
  beside?: string;
  network?: string;
  head?: string;
  tail?: string;
  figures?: string[];
}

/** A page with figures in a world without a network but for what is said. */
async function open(world: World): Promise<{ page: Page; asked: string[]; errors: string[] }> {
  browser ??= await launchBrowser();
  const page = (shared ??= await browser.newPage());
  await page.unrouteAll();
  page.removeAllListeners("pageerror");
  const [asked, errors]: string[][] = [[], []];
  page.on("pageerror", ({ message }) => errors.push(message));
  const drawn = (world.figures ?? ["probabilityBars"]).map((name) =>
    figureHTML(figures[name], pictureHTML(toSVG(figures[name]), name)),
  );
  const html = `<!doctype html><html><head>${world.head ?? ""}</head><body style="color:rgb(1, 2, 3)">${drawn.join("")}${world.tail ?? ""}</body></html>`;
  await page.route("**", (route) => {
    const address = route.request().url();
    if (address === "http://lesson.test/a/b.html") return route.fulfill({ contentType: "text/html", body: html });
    asked.push(address);
    const found = address === "http://lesson.test/a/plotly.min.js" ? world.beside : world.network;
    return found === undefined ? route.fulfill({ status: 404 }) : route.fulfill(script(found));
  });
  await page.goto("http://lesson.test/a/b.html");
  return { page, asked, errors };
}

const isDrawn = (page: Page) => page.waitForSelector(".atelier-figure .main-svg", { timeout: 20_000 });
const isStill = (page: Page) => page.locator(".atelier-figure > img").isVisible();

test("figureHTML() draws with the plotly.js that is on the page, though it comes last", { skip }, async () => {
  const { page, asked, errors } = await open({
    tail: `<script>${plotly.replace(/<\/script/g, "<\\/script")}</script>`,
  });
  await isDrawn(page);
  assert.equal(await isStill(page), false);
  assert.deepEqual([asked, errors], [[], []]);
});

test(
  "figureHTML() draws with the file beside the page, once for all figures, in the page's colour",
  { skip },
  async () => {
    const world = { beside: plotly, figures: ["probabilityBars", "trainingCurves", "imageRow"] };
    const { page, asked, errors } = await open(world);
    await page.waitForFunction(() => document.querySelectorAll(".js-plotly-plot").length === 3);
    assert.deepEqual([asked, errors], [["http://lesson.test/a/plotly.min.js"], []]);
    assert.equal(
      await page
        .locator(".gtitle")
        .first()
        .evaluate((title) => getComputedStyle(title).fill),
      "rgb(1, 2, 3)",
    );
  },
);

test(
  "figureHTML() draws from the network where its bytes are the pinned ones, beside require.js",
  { skip },
  async () => {
    const head = "<script>window.define = () => { throw new Error('caught'); }; window.define.amd = {};</script>";
    const { page, asked, errors } = await open({ network: plotly, head });
    await isDrawn(page);
    assert.equal(asked.length, 2);
    assert.deepEqual(errors, []);
    assert.equal(await page.evaluate("typeof window.define"), "function");
  },
);

test("figureHTML() keeps the picture where the network gives other bytes", { skip }, async () => {
  const { page } = await open({ network: `${plotly}\nwindow.stranger = true;` });
  await assert.rejects(page.evaluate("window.atelierPlotly"), /plotly\.js is not at/);
  assert.equal(await page.evaluate("window.stranger"), undefined);
  assert.equal(await isStill(page), true);
});

test("figureHTML() keeps the picture where plotly.js cannot be had", { skip }, async () => {
  const { page, errors } = await open({});
  await assert.rejects(page.evaluate("window.atelierPlotly"), /plotly\.js is not at/);
  assert.equal(await isStill(page), true);
  assert.deepEqual(errors, []);
});
