/// <reference lib="dom" />
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { figureBundle } from "../../lib/chart/figureBundle";
import { findLessons } from "../../lib/commands/lessons";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { toHTML } from "../../lib/runner/toHTML";
import { launchBrowser, skip } from "../browser";
import { figures } from "../chart/samples";
import { code, notebookOf, prose } from "./samples";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
let browser: Browser;
let page: Page; // one for all tests: its process has compiled plotly.js already
before(async () => {
  if (skip) return;
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterEach(async () => {
  page?.removeAllListeners();
  await page?.emulateMedia({ colorScheme: null, reducedMotion: null });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

function figureCell(meta = {}) {
  const figure = { data: [{ y: [1, 3, 2] }], layout: { height: 300, title: { text: "A figure" }, meta } };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><text y="20">still</text></svg>';
  const data = { "application/vnd.plotly.v1+json": figure, "image/svg+xml": svg, "text/plain": "figure" };
  return { ...code("show(figure)"), outputs: [{ output_type: "display_data" as const, data, metadata: {} }] };
}

test(
  "toHTML() makes a page that draws figures near the screen, follows dark mode, and needs no network",
  { skip },
  async () => {
    const far = prose(`## Far\n\n${"<br>".repeat(200)}\n\n## Below`);
    const notebook = notebookOf(prose("# Page\n\n## Near"), figureCell(), far, figureCell({ minWidth: 900 }));
    const file = join(folder, "page.html");
    writeFileSync(file, toHTML(notebook, { title: "Page" }));
    {
      await page.setViewportSize({ width: 390, height: 700 });
      await page.emulateMedia({ colorScheme: "light" });
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
      page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || troubles.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      const title = page.locator(".figure .gtitle");
      await title.first().waitFor();
      assert.equal(await title.count(), 1, "the far figure waits");
      assert.equal(await page.locator(".still:visible").count(), 1);

      const colour = () => title.first().evaluate((text) => getComputedStyle(text).fill);
      assert.equal(await colour(), "rgb(31, 35, 40)");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForFunction(
        () => getComputedStyle(document.querySelector(".gtitle") as Element).fill === "rgb(223, 228, 234)",
      );

      await page.locator("nav summary").click();
      await page.locator('nav a[href="#below"]').click();
      await title.nth(1).waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      assert.deepEqual(troubles, []);
    }
  },
);

/** Draws every figure of a page, not only those near the screen. */
async function drawAll(page: Page, html: string): Promise<void> {
  const file = join(folder, "figures.html");
  writeFileSync(file, html.replace('rootMargin: "600px"', 'rootMargin: "100000px"'));
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".figure")].every((figure) => figure.querySelector(".main-svg")),
  );
}

/** Runs in the page: each text of a chart that is cut or lies over another one, and each chart that has to be scrolled. */
function badLabels(names: string[]): string[] {
  return [...document.querySelectorAll(".figure")].flatMap((figure, index) => {
    const edge = figure.getBoundingClientRect();
    const texts = [...figure.querySelectorAll(".plot text")].filter(({ textContent }) => textContent?.trim());
    const labels = texts
      .filter((text) => !text.closest(".modebar, .hoverlayer"))
      .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect(), turned: text.matches(TURNED) }));
    const cut = labels.filter(({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top || box.bottom > edge.bottom + 1); // prettier-ignore
    const over = labels.flatMap(({ text, box, turned }, at) =>
      labels.slice(at + 1).flatMap((other) => {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        return !turned && !other.turned && across > 1 && down > 3 ? [`"${text}" lies over "${other.text}"`] : [];
      }),
    );
    const scrolls = figure.scrollWidth > figure.clientWidth + 1 ? ["has to be scrolled"] : [];
    return [...scrolls, ...cut.map(({ text }) => `"${text}" is cut`), ...over].map(
      (what) => `${names[index]}: ${what}`,
    );
  });
}
const TURNED = '[transform*="rotate(-"]:not([transform*="rotate(0"])';

for (const width of [390, 1280])
  test(
    `a page of ${width} pixels shows every chart whole, with no label cut or over another one`,
    { skip },
    async () => {
      const cells = Object.values(figures).map((figure) => ({
        ...code("show(figure)"),
        outputs: [{ output_type: "display_data" as const, data: { ...figureBundle(figure) }, metadata: {} }],
      }));
      await page.setViewportSize({ width, height: 900 });
      await drawAll(page, toHTML(notebookOf(...cells), { title: "Charts" }));
      const bad = `(${badLabels})(${JSON.stringify(Object.keys(figures))})`.replaceAll(
        "TURNED",
        JSON.stringify(TURNED),
      );
      assert.deepEqual(await page.evaluate(bad), []);
    },
  );

test(
  "the lessons' pages pass axe, light and dark, wide and narrow, and end where the screen ends",
  { skip },
  async () => {
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || troubles.push(request.url()));
    for (const [index, lesson] of findLessons().entries()) {
      const file = join(folder, `${index}.html`);
      const html = toHTML(loadNotebook(lesson), { title: lesson, parameters: { seed: 42 }, date: new Date(0) });
      // What axe does not look at, and would take it long to pass by: plotly.js, and the shapes in pictures.
      writeFileSync(file, html.replace(/(id="plotly">).*?(?=<\/script>)|(<svg [^>]*>).*?(?=<\/svg>)/gs, "$1$2"));
      const narrow = index % 2 === 0; // all four looks in turn, and their contrasts once: the pages have one style
      await page.setViewportSize({ width: narrow ? 390 : 1280, height: 900 });
      await page.emulateMedia({ colorScheme: index % 4 < 2 ? "light" : "dark", reducedMotion: "reduce" });
      await page.goto(pathToFileURL(file).href);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0) troubles.push(`${lesson}: ${wider} pixels wider than the screen`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<{ violations: { help: string; nodes: { html: string }[] }[] }>(
        `axe.run({ resultTypes: ["violations"], preload: false, rules: { "color-contrast": { enabled: ${index < 4} } } })`,
      );
      for (const { help, nodes } of violations) troubles.push(`${lesson}: ${help}: ${nodes[0].html}`);
    }
    assert.deepEqual(troubles, []);
  },
);
