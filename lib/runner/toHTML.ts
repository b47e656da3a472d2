import { readFileSync } from "fs";
import { duration, escapeHTML } from "../text";
import { type Metric, shownMetric } from "./cellOutputs";
import { type Cell, hasTag, isRecord, type Notebook } from "./notebook";
import { highlight } from "./page/code";
import { scriptSource } from "./page/escape";
import { type Heading, type MarkdownWriter, newMarkdownWriter } from "./page/markdown";
import { outputToHTML, PLOTLY_TYPE } from "./page/outputs";
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
  /** Where pictures named in the text are looked for; the working folder by default. */
  folder?: string;
}

/**
 * An executed notebook as one page that needs nothing but itself: text, code, outputs, and plotly.js once where there
 * are figures. What outputs of the type text/html hold is put in as it is: make pages of your own notebooks only.
 */
export function toHTML(notebook: Notebook, facts: PageFacts): string {
  const markdown = newMarkdownWriter(facts.folder ?? ".");
  const cells = notebook.cells.map((cell) => cellToHTML(cell, markdown));
  const { headings } = markdown;
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
<div class="frame">
${contents(headings)}
<header>${failureNote(notebook)}${title}</header>
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

function cellToHTML(cell: Cell, markdown: MarkdownWriter): string {
  if (cell.cell_type === "markdown") return `<section class="prose">${markdown.toHTML(cell)}</section>`;
  if (cell.cell_type === "raw" || cell.source.trim() === "") return "";
  const outputs = cell.outputs.map((output) => outputToHTML(output, markdown)).join("\n");
  const isInjected = hasTag(cell, "injected-parameters");
  const failed = isFailure(cell) ? ' id="failed-cell"' : "";
  return `<section class="cell${isInjected ? " injected" : ""}"${failed}>${codeToHTML(cell, isInjected)}\n${outputs}</section>`;
}

function codeToHTML(cell: Cell, isInjected: boolean): string {
  const code = `<pre><code>${highlight(cell.source)}</code></pre>`;
  const count = cell.execution_count === null ? "" : `<span class="count">${promptOf(cell)}</span>`;
  if (hasTag(cell, "hide-input")) return `<details class="code"><summary>Code</summary>${code}</details>`;
  const note = isInjected ? '<div class="note">Values set for this run</div>' : "";
  return `<div class="code">${note}${count}${code}</div>`;
}

/** The number of the cell, and its time where that is worth knowing. */
function promptOf(cell: Cell): string {
  const stamp = isRecord(cell.metadata.papermill) ? cell.metadata.papermill : {};
  const slow = typeof stamp.duration === "number" && stamp.duration >= 1;
  return `${slow ? `${duration((stamp.duration as number) * 1000)} · ` : ""}[${cell.execution_count}]`;
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

function runFacts({ date, seconds, parameters = {} }: PageFacts): string {
  const facts = [
    date && `Run on <b>${date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}</b>`,
    seconds !== undefined && `took <b>${duration(seconds * 1000)}</b>`,
    ...Object.entries(parameters).map(
      ([name, value]) => `<code>${escapeHTML(`${name} = ${JSON.stringify(value)}`)}</code>`,
    ),
  ].filter(Boolean);
  return facts.length === 0 ? "" : `<div class="facts">${facts.map((fact) => `<span>${fact}</span>`).join("")}</div>`;
}

function results(metrics: Record<string, Metric>): string {
  const items = Object.entries(metrics).map(
    ([name, value]) => `<span>${escapeHTML(name)} <b>${escapeHTML(shownMetric(value))}</b></span>`,
  );
  return items.length === 0 ? "" : `<div class="facts results">${items.join("")}</div>`;
}

function failureNote(notebook: Notebook): string {
  const cell = notebook.cells.find(isFailure);
  if (!cell) return "";
  return `<div class="failed">The run stopped at an error in <a href="#failed-cell">cell ${cell.execution_count ?? ""}</a>.</div>`;
}

function hasFigures(notebook: Notebook): boolean {
  return notebook.cells.some((cell) => cell.outputs.some((output) => "data" in output && PLOTLY_TYPE in output.data));
}

function plotlySource(): string {
  return scriptSource(readFileSync(require.resolve("plotly.js-dist-min/plotly.min.js"), "utf8"));
}

function isFailure(cell: Cell): boolean {
  return !hasTag(cell, "raises-exception") && cell.outputs.some(({ output_type }) => output_type === "error");
}
