import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { hasTag, type Notebook } from "../../lib/runner/notebook";
import { injectParameters } from "../../lib/runner/parameters/injectParameters";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { buildSite } from "../../lib/site/buildSite";
import { serveFolder } from "../../lib/site/serveFolder";
import { launchBrowser, launchFirefox } from "../../test/browser";
import { isKept } from "../site/isKept";
import type { BrowserName } from "../tabLesson";
import { hasRun, type LiteRun, runInLite } from "./runInLite";

/** Which lesson is opened, and how. */
export interface LessonVisit {
  /** Its number, as "01". */
  lesson: string;
  browsers: BrowserName[];
  /** With its own parameters, and not the quick ones. */
  full: boolean;
  /** Pixels across the page. */
  width: number;
  /** A folder for pictures; without it none are kept. */
  pictures?: string;
  signal: AbortSignal;
}

/** The lesson twice: what the browser keeps of the first run says nothing about the second one. */
const VISITS = ["first-visit", "without-a-network"];

const launch: Record<BrowserName, () => Promise<Browser>> = { chromium: launchBrowser, firefox: launchFirefox };

/**
 * Opens a lesson of the site in each browser, with a network and without, and prints what came of it.
 *
 * @returns whether all cells did what they should, everywhere
 */
export async function visitLesson(visit: LessonVisit): Promise<boolean> {
  const notebook = withoutOutputs(loadNotebook(findLessons([visit.lesson])[0]), visit);
  const folder = mkdtempSync(join(tmpdir(), "atelier-tab-lesson-"));
  const notebooks = VISITS.map((name) => join(folder, `${name}.ipynb`));
  const site = join(folder, "site");
  let isFine = true;
  try {
    for (const file of notebooks) saveNotebook(file, notebook);
    await buildSite(site, { notebooks, quick: true, log: console.error });
    for (const name of visit.browsers) {
      if (visit.signal.aborted) return false;
      isFine = (await visitIn(name, { visit, site, notebook })) && isFine;
    }
  } catch (error) {
    if (!visit.signal.aborted) throw error; // Ctrl-C closes the browser too
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return isFine && !visit.signal.aborted;
}

function withoutOutputs(notebook: Notebook, { full }: LessonVisit): Notebook {
  const run = full ? notebook : injectParameters(notebook, quickParameters(notebook));
  const cells = run.cells.map((cell) => ({ ...cell, outputs: [], execution_count: null }));
  return { ...run, cells };
}

interface BuiltLesson {
  visit: LessonVisit;
  /** The site's folder. */
  site: string;
  notebook: Notebook;
}

async function visitIn(name: BrowserName, { visit, site, notebook }: BuiltLesson): Promise<boolean> {
  const served = await serveFolder(site);
  const browser = await launch[name]();
  let isFine = true;
  try {
    const context = await browser.newContext({ viewport: { width: visit.width, height: 900 } });
    const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
    for (const [round, place] of VISITS.entries()) {
      if (round > 0) await leaveNetwork(context, served.close);
      const page = await context.newPage();
      const address = `${served.url}lab/index.html?path=${place}.ipynb`;
      const run = await runInLite(page, { address, count: code.length, signal: visit.signal });
      const wrong = whatIsWrong(run, code);
      isFine &&= wrong.length === 0;
      console.log(`${name} ${browser.version()}, ${place.replaceAll("-", " ")}: ${summaryOf(run, wrong)}`);
      for (const line of wrong) console.log(`  ${line}`);
      if (visit.pictures !== undefined) await keepPictures(page, join(visit.pictures, `${name}-${place}`));
    }
  } finally {
    await browser.close();
    await served.close().catch(() => {}); // closed before, most often
  }
  return isFine;
}

async function leaveNetwork(context: BrowserContext, close: () => Promise<void>): Promise<void> {
  await isKept(context);
  await close();
}

/** Each cell that has not run, or fails where it should not. */
function whatIsWrong({ cells }: LiteRun, code: Notebook["cells"]): string[] {
  return code.flatMap((cell, index) => {
    const shown = cells[index];
    const failures = hasTag(cell, "raises-exception") ? [] : (shown?.errors ?? []);
    const missing = shown && (hasRun(shown) || hasTag(cell, "hide-input")) ? [] : ["has not run"];
    return [...failures, ...missing].map((what) => `cell ${index + 1}: ${what.slice(0, 500)}`);
  });
}

function summaryOf({ cells, seconds }: LiteRun, wrong: string[]): string {
  const drawn = cells.reduce((sum, cell) => sum + cell.drawn, 0);
  const outcome = wrong.length === 0 ? "all did what they should" : `${wrong.length} things are wrong`;
  return `${cells.length} cells, ${drawn} figures, ${outcome}, ${seconds.toFixed(0)} s`;
}

/** A picture of the page, and of each figure. */
async function keepPictures(page: Page, start: string): Promise<void> {
  mkdirSync(join(start, ".."), { recursive: true });
  await page.screenshot({ path: `${start}.png` });
  const figures = await page.locator(".jp-NotebookPanel:visible .jp-RenderedPlotly").all();
  for (const [index, figure] of figures.entries()) await figure.screenshot({ path: `${start}-${index + 1}.png` });
}
