import { readFileSync } from "fs";
import { duration, escapeHTML, inWords } from "../text";
import { errorLine, failedCells } from "./failedCells";
import { type Metric, shownMetric } from "./metrics";
import type { Cell, Notebook } from "./notebook";
import { anchorOf, cellToHTML } from "./page/cell";
import { changedNote } from "./page/changedNote";
import { scriptSource } from "./page/escape";
import { type Heading, newMarkdownWriter } from "./page/markdown";
import { PLOTLY_TYPE } from "./page/outputs";
import { PAGE_SCRIPT } from "./page/script";
import { PAGE_STYLE } from "./page/style";

/** What a page says about the run above the lesson; what is left out is not shown. */
export interface PageFacts {
  /** For the browser's tab, and above the text of a notebook that has no heading of the first level. */
  title: string;
  date?: Date;
  parameters?: Record<string, unknown>;
  seconds?: number;
  metrics?: Record<string, Metric>;
  /** Epochs that were taken from an earlier run's training. */
  reusedEpochs?: number;
  /** Where the text's pictures are looked for, and its links lead from; the working folder by default. */
  folder?: string;
  /** Where the page will lie, by default in the same folder. */
  pageFolder?: string;
}

/**
 * An executed notebook as one page that needs nothing but itself: text, code, outputs, and plotly.js once where there
 * are figures. A run with other values than the notebook's own says so at the top. What outputs of the type text/html hold is put in as it is: make pages of your own notebooks only.
 */
export function toHTML(notebook: Notebook, facts: PageFacts): string {
  const markdown = newMarkdownWriter(facts.folder ?? ".", facts.pageFolder);
  const failed = failedCells(notebook);
  const cells = notebook.cells.map((cell) => cellToHTML(cell, markdown, { failed: failed.includes(cell) }));
  const { headings } = markdown;
  const nav = contents(headings);
  const opening = notebook.cells[0]?.cell_type === "markdown" ? 1 : 0; // the promise comes before the facts of the run
  const title = headings.some(({ level }) => level === 1) ? "" : `<h1>${escapeHTML(facts.title)}</h1>`;
  const run = `${runFacts(facts)}${results(facts.metrics ?? {})}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHTML(facts.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<div class="${nav ? "frame" : "frame alone"}">
${nav}
<header>${failureNote(failed)}${changedNote(notebook)}${title}</header>
<main>
${[...cells.slice(0, opening), run, ...cells.slice(opening)].join("\n")}
</main>
</div>
${hasFigures(notebook) ? `<script type="text/plain" id="plotly">${plotlySource()}</script>` : ""}
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function contents(headings: Heading[]): string {
  const entries = headings.filter(({ level }) => level === 2 || level === 3);
  if (entries.length < 2) return "";
  const items = entries.map(
    ({ level, text, anchor }) =>
      `<li class="level-${level}"><a href="#${encodeURIComponent(anchor)}">${escapeHTML(text)}</a></li>`,
  );
  return `<nav aria-label="Contents"><details><summary>Contents</summary><ol>${items.join("")}</ol></details></nav>`;
}

function runFacts({ date, seconds, reusedEpochs = 0, parameters = {} }: PageFacts): string {
  const facts = [
    date && `Run on <b>${date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}</b>`,
    seconds !== undefined && `took <b>${duration(seconds * 1000)}</b>`,
    reusedEpochs > 0 && `<b>${reusedEpochs}</b> ${reusedEpochs === 1 ? "epoch" : "epochs"} trained by an earlier run`,
    ...Object.entries(parameters).map(
      ([name, value]) => `<code>${escapeHTML(`${name} = ${JSON.stringify(value)}`)}</code>`,
    ),
  ].filter(Boolean);
  return facts.length === 0 ? "" : `<div class="facts">${facts.map((fact) => `<span>${fact}</span>`).join("")}</div>`;
}

function results(metrics: Record<string, Metric>): string {
  const items = Object.entries(metrics).map(
    ([name, value]) => `<span>${escapeHTML(inWords(name))} <b>${escapeHTML(shownMetric(value))}</b></span>`,
  );
  return items.length === 0 ? "" : `<div class="facts results">${items.join("")}</div>`;
}

function failureNote(failed: Cell[]): string {
  if (failed.length === 0) return "";
  const links = failed.map((cell) => `<a href="#${anchorOf(cell)}">cell ${cell.execution_count ?? ""}</a>`);
  return `<div class="failed" role="alert">An error was met in ${links.join(", ")}: ${escapeHTML(errorLine(failed[0]))}</div>`;
}

function hasFigures(notebook: Notebook): boolean {
  return notebook.cells.some((cell) => cell.outputs.some((output) => "data" in output && PLOTLY_TYPE in output.data));
}

function plotlySource(): string {
  return scriptSource(readFileSync(require.resolve("plotly.js-dist-min/plotly.min.js"), "utf8"));
}
