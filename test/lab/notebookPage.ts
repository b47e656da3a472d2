import type { Browser, Locator, Page } from "playwright-core";

/** A notebook in JupyterLab, in a page of the browser. */
export interface NotebookPage {
  page: Page;
  /** One of its code cells, counted from 0. */
  cell(index: number): Locator;
  /** Chooses an entry of the menu, as in `menu("Run", "Run All Cells")`. */
  menu(...path: string[]): Promise<void>;
  /** Presses a button above the notebook: "interrupt", "restart-and-run". */
  press(button: string): Promise<void>;
  /** Waits until no cell runs or waits. */
  idle(): Promise<void>;
  /** Waits until so many Plotly figures are drawn, none of them not. */
  drawn(count: number): Promise<void>;
  /** What each code cell shows. */
  cells(): Promise<ShownCell[]>;
  /** Addresses beyond this machine that the page has asked for. */
  asked: string[];
  /** Closes the page and ends the kernel. */
  close(): Promise<void>;
}

export interface ShownCell {
  /** As in "[3]:"; "[*]:" while it runs or waits. */
  prompt: string;
  text: string;
  /** Its Plotly figures, and how many of these are drawn. */
  figures: number;
  drawn: number;
  /** Outputs in red. */
  errors: number;
}

export interface PageOptions {
  theme?: "light" | "dark";
  width?: number;
  height?: number;
}

const LIMIT = 240_000; // ms for a lesson with quick values on a slow machine

/** Opens a notebook by its address and waits until its kernel answers. */
export async function openNotebook(
  browser: Browser,
  address: string,
  { theme = "light", width = 1280, height = 900 }: PageOptions = {},
): Promise<NotebookPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") asked.push(request.url());
  });
  await page.goto(address);
  const ready = page.getByText("TypeScript | Idle");
  await ready.waitFor({ timeout: LIMIT });
  const menu = async (first: string, ...more: string[]) => {
    await page.locator(".lm-MenuBar-itemLabel").getByText(first, { exact: true }).click();
    for (const name of more) await page.locator(".lm-Menu-itemLabel").getByText(name, { exact: true }).click();
  };
  const idle = async () => {
    const none = () => !document.body.textContent?.includes("[*]:");
    await page.waitForFunction(none, undefined, { timeout: LIMIT });
    await ready.waitFor({ timeout: LIMIT });
  };
  const drawn = async (count: number) => {
    await page.waitForFunction(areDrawn, count, { timeout: LIMIT });
  };
  const close = async () => {
    await menu("Kernel", "Shut Down Kernel");
    await page.getByText("No Kernel |").waitFor();
    await context.close();
  };
  return {
    page,
    cell: (index) => page.locator(".jp-NotebookPanel .jp-CodeCell").nth(index),
    menu,
    press: (button) => page.locator(`.jp-NotebookPanel-toolbar [data-jp-item-name="${button}"]`).click(),
    idle,
    drawn,
    cells: () => page.evaluate(readCells),
    asked,
    close,
  };
}

function areDrawn(count: number): boolean {
  const figures = Array.from(document.querySelectorAll(".jp-RenderedPlotly"));
  return figures.length === count && figures.every((figure) => figure.querySelector("svg.main-svg"));
}

function readCells(): ShownCell[] {
  return Array.from(document.querySelectorAll(".jp-NotebookPanel .jp-CodeCell"), (cell) => {
    const figures = Array.from(cell.querySelectorAll(".jp-RenderedPlotly"));
    return {
      prompt: cell.querySelector(".jp-InputPrompt")?.textContent ?? "",
      text: cell.querySelector(".jp-Cell-outputArea")?.textContent ?? "",
      figures: figures.length,
      drawn: figures.filter((figure) => figure.querySelector("svg.main-svg")).length,
      errors: cell.querySelectorAll('[data-mime-type$="error"], [data-mime-type$="stderr"]').length,
    };
  });
}
