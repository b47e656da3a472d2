/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { choose } from "../../test/site/litePage";

/** A notebook that JupyterLite shows. */
export interface LiteNotebook {
  address: string;
  /** How many code cells it has. */
  count: number;
  signal: AbortSignal;
}

/** What a notebook shows when its run is over. */
export interface LiteRun {
  /** Seconds from the address to the last cell. */
  seconds: number;
  cells: ShownCell[];
}

/** What a code cell shows. */
export interface ShownCell {
  /** As in "[3]:"; "[*]:" while it runs or waits. */
  prompt: string;
  /** Letters of its outputs, which grow in a training. */
  length: number;
  /** Its outputs in red. */
  errors: string[];
  /** Its Plotly figures, and how many of these are drawn. */
  figures: number;
  drawn: number;
}

const PAUSE = 1000; // ms between two looks
const PATIENCE = 300_000; // ms in which nothing changes

/**
 * Opens a notebook in JupyterLite and runs all of it, until its last cell has ended, a cell has stopped the run, or nothing has
 * changed for five minutes.
 */
export async function runInLite(page: Page, { address, count, signal }: LiteNotebook): Promise<LiteRun> {
  const start = performance.now();
  await page.goto(address);
  await page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first().waitFor({ timeout: 120_000 });
  await choose(page, "Run", "runmenu:run-all");
  let cells: ShownCell[] = [];
  let change = performance.now();
  while (!signal.aborted && !isOver(cells, count) && performance.now() - change < PATIENCE) {
    await page.waitForTimeout(PAUSE);
    const seen = await page.evaluate(shownCells);
    if (JSON.stringify(seen) !== JSON.stringify(cells)) change = performance.now();
    cells = seen;
  }
  return { seconds: (performance.now() - start) / 1000, cells };
}

/** Whether the last cell has ended and all figures are drawn, or no cell runs any more. */
function isOver(cells: ShownCell[], count: number): boolean {
  if (cells.length < count) return false; // JupyterLab adds a notebook's cells to the page one after the other
  if (hasRun(cells[count - 1])) return cells.every(({ figures, drawn }) => figures === drawn);
  return cells.some(({ errors }) => errors.length > 0) && !cells.some(({ prompt }) => prompt === "[*]:");
}

/** Whether a cell has run to its end. */
export function hasRun({ prompt }: ShownCell): boolean {
  return /^\[\d+\]:$/.test(prompt);
}

/** Runs in the page. JupyterLab opens again, behind this notebook, what was open before. */
function shownCells(): ShownCell[] {
  const panels = [...document.querySelectorAll(".jp-NotebookPanel")];
  const panel = panels.find((one) => one.getBoundingClientRect().width > 0);
  return Array.from(panel?.querySelectorAll(".jp-CodeCell") ?? [], (cell) => {
    const figures = [...cell.querySelectorAll(".jp-RenderedPlotly")];
    const red = [...cell.querySelectorAll('[data-mime-type$="error"], [data-mime-type$="stderr"]')];
    return {
      prompt: cell.querySelector(".jp-InputPrompt")?.textContent ?? "",
      length: cell.querySelector(".jp-Cell-outputArea")?.textContent?.length ?? 0,
      errors: red.map(({ textContent }) => textContent ?? ""),
      figures: figures.length,
      drawn: figures.filter((figure) => figure.querySelector("svg.main-svg")).length,
    };
  });
}
