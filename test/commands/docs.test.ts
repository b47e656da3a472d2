import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { projectRoot } from "../../lib/files";
import { launchBrowser, skip } from "../browser";

const folder = mkdtempSync(join(tmpdir(), "atelier-docs-"));
after(() => rmSync(folder, { recursive: true }));

test(
  "docs builds a reference in which every public function is described, and a page finds it offline",
  { skip },
  async () => {
    const command = ["setup.js", "docs", "-o", folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: projectRoot, encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
    assert.match(
      readFileSync(join(folder, "functions", "recommend_fit.fit.html"), "utf8"),
      /Teaches a model from scratch/,
    );
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`file://${join(folder, "index.html")}`);
      await page.keyboard.press("/");
      await page.locator("#tsd-search-input").fill("slidingWindows");
      await page.locator("#tsd-search-results a", { hasText: "slidingWindows" }).first().waitFor();
    } finally {
      await browser.close();
    }
  },
);
