import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launchBrowser, skip } from "../browser";
import { toHTML } from "../../lib/runner/toHTML";
import { code, notebookOf, prose } from "./samples";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

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
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 700 }, colorScheme: "light" });
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
    } finally {
      await browser.close();
    }
  },
);
