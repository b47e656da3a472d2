import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { buildSite } from "../../lib/site/buildSite";
import { serveFolder } from "../../lib/site/serveFolder";
import { launchBrowser } from "../../test/browser";
import { meanAndRange } from "../statistics";
import { isKept } from "./isKept";
import { packedBytes } from "./packedBytes";

/** A first visit, and one that follows it. */
export interface Visit {
  /** Seconds to the first cell's result. */
  cold: number;
  warm: number;
  /** Bytes of the first visit to that moment, packed by gzip as hosts do. */
  first: number;
  /** The same once all is kept. */
  kept: number;
}

const NAME = "small.ipynb";

/** Visits a site with one small notebook so many times, each time in a browser that has never been there. */
export async function measureVisits({ rounds, signal }: { rounds: number; signal: AbortSignal }): Promise<Visit[]> {
  const folder = mkdtempSync(join(tmpdir(), "atelier-visits-"));
  const site = join(folder, "site");
  const asked = new Set<string>();
  writeFileSync(join(folder, NAME), JSON.stringify(smallNotebook()));
  await buildSite(site, { notebooks: [join(folder, NAME)], log: console.error });
  const served = await serveFolder(site, { onFile: (file) => asked.add(file) });
  const browser = await launchBrowser();
  const visits: Visit[] = [];
  try {
    for (let round = 0; round < rounds && !signal.aborted; round++)
      visits.push(await visitTwice(browser, served.url, asked));
  } finally {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return visits;
}

function smallNotebook(): object {
  const source = 'import { seededRandom } from "./lib/random";\nseededRandom(1).uniform()';
  const cell = { cell_type: "code", id: "first", metadata: {}, execution_count: null, outputs: [], source };
  const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
  return { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}

async function visitTwice(browser: Browser, url: string, asked: Set<string>): Promise<Visit> {
  const context = await browser.newContext();
  try {
    asked.clear();
    const cold = await secondsToFirstCell(context, url);
    const first = packedBytes(asked);
    await isKept(context);
    const kept = packedBytes(asked);
    return { cold, first, kept, warm: await secondsToFirstCell(context, url) };
  } finally {
    await context.close();
  }
}

async function secondsToFirstCell(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(`${url}lab/index.html?path=${NAME}`);
  await page.locator(".jp-CodeCell").first().waitFor({ timeout: 120_000 });
  await page.locator(".jp-CodeCell .jp-InputArea-editor").first().click();
  await page.keyboard.press("Shift+Enter");
  await page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: "[1]:" }).waitFor({ timeout: 120_000 });
  return (performance.now() - start) / 1000;
}

/** The visits in words; none where there was none. */
export function visitLines(visits: Visit[]): string[] {
  if (visits.length === 0) return [];
  const of = (name: keyof Visit, unit: number) => meanAndRange(visits.map((visit) => visit[name] / unit), 1); // prettier-ignore
  return [
    "",
    `first visit, seconds to the first cell's result: ${of("cold", 1)}`,
    `later visits: ${of("warm", 1)}`,
    `megabytes of a first visit to that moment, packed by gzip: ${of("first", 1e6)}`,
    `once all is kept: ${of("kept", 1e6)}`,
  ];
}
