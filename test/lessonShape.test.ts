import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { findLessons } from "../lib/commands/lessons";
import { kernelInfo } from "../lib/kernel/io/kernelInfo";
import { type Cell, hasTag, type Notebook } from "../lib/runner/notebook";
import { readParameters } from "../lib/runner/parameters/readParameters";
import { loadNotebook } from "../lib/runner/parseNotebook";

/** The measure of the notebooks that read best (lessons of data visualization, recommenders, probability): lines, words, cells. */
const MEDIAN = [3, 6]; // lines of a code cell
const LONG = 10; // lines of nine cells in ten
const LONGEST = 12; // lines of a cell
const WORDS = [8, 25]; // of prose for a line of code
const IN_A_ROW = 1.3; // code cells between two cells of prose, on average
const MOST_IN_A_ROW = 3;
const FUNCTION = 5; // lines in the body of a function
const PROMISE = 15; // words

const lessons = findLessons().map((file) => ({ name: basename(file, ".ipynb"), notebook: loadNotebook(file) }));

/** The cells of the lesson itself: what follows the heading of the exercises has a form of its own. */
function taught({ cells }: Notebook): Cell[] {
  const end = cells.findIndex(({ cell_type, source }) => cell_type === "markdown" && /^## Exercises$/m.test(source));
  return end < 0 ? cells : cells.slice(0, end);
}

function isCode({ cell_type, source }: Cell): boolean {
  return cell_type === "code" && source.trim() !== "";
}

function linesOf({ source }: Cell): number {
  return source.split("\n").filter((line) => line.trim() !== "").length;
}

function wordsIn(text: string): number {
  return text.match(/\S*\p{L}\S*/gu)?.length ?? 0;
}

/** The value below which this share of the sorted values lies. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** How many code cells stand between cells of prose. */
function rowsOf(cells: Cell[]): number[] {
  const kinds = cells.map((cell) => (isCode(cell) ? "c" : " ")).join("");
  return kinds.split(/ +/).flatMap(({ length }) => length || []);
}

/** The functions of a cell that have more lines than a reader of a lesson should follow. */
function longFunctions({ source }: Cell): string[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const lineAt = (place: number) => file.getLineAndCharacterOfPosition(place).line;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const body = ts.isFunctionLike(node) && "body" in node ? (node.body as ts.Node | undefined) : undefined;
    const lines = body && ts.isBlock(body) ? lineAt(body.end) - lineAt(body.getStart()) - 1 : 0;
    if (lines > FUNCTION) found.push(`${lines} lines: ${node.getText().split("\n")[0]}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function between(value: number, [least, most]: number[], what: string): string[] {
  return value >= least && value <= most ? [] : [`${what}: ${Number(value.toFixed(2))}, wanted ${least} to ${most}`];
}

/** What a lesson lacks, in sentences. */
function shapeFaults(notebook: Notebook): string[] {
  const cells = taught(notebook);
  const code = cells.filter(isCode);
  const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => source);
  const lines = code.map(linesOf);
  const rows = rowsOf(cells);
  const total = lines.reduce((sum, count) => sum + count, 0);
  return [
    ...between(quantile(lines, 0.5), MEDIAN, "median of the lines of a code cell"),
    ...between(quantile(lines, 0.9), [1, LONG], "lines of nine code cells in ten"),
    ...between(Math.max(...lines), [1, LONGEST], "lines of the longest code cell"),
    ...between(wordsIn(prose.join(" ")) / total, WORDS, "words of prose for a line of code"),
    ...between(code.length / rows.length, [1, IN_A_ROW], "code cells between two cells of prose"),
    ...between(Math.max(...rows), [1, MOST_IN_A_ROW], "most code cells in a row"),
    ...code.flatMap(longFunctions).map((what) => `a function of more than ${FUNCTION} lines belongs in lib, ${what}`),
    ...headFaults(prose[0] ?? ""),
    ...parameterFaults(notebook),
  ];
}

function headFaults(head: string): string[] {
  const [title = "", promise = ""] = head.split(/\n\n+/);
  return [
    ...(/^# \d+ · \S/.test(title) ? [] : [`the first line is "${title}", wanted "# 4 · Title"`]),
    ...(wordsIn(promise) >= PROMISE
      ? []
      : [`the promise under the title has fewer than ${PROMISE} words: "${promise}"`]),
    ...(/\*Time: [^*]+\*/.test(head) ? [] : ["the first cell does not say *Time: …*"]),
  ];
}

function parameterFaults(notebook: Notebook): string[] {
  const count = notebook.cells.filter((cell) => hasTag(cell, "parameters")).length;
  const unstated = readParameters(notebook).filter(({ value, range }) => typeof value === "number" && !range);
  return [
    ...(count === 1 ? [] : [`${count} cells are tagged parameters, wanted 1`]),
    ...unstated.map(({ name }) => `the comment behind the parameter ${name} states no range, such as "1 to 1000"`),
  ];
}

for (const { name, notebook } of lessons)
  test(`${name} has the shape of a lesson: short cells between prose, a head, parameters with ranges`, () => {
    assert.deepEqual(shapeFaults(notebook), []);
  });

test("shapeFaults() names each thing that a lesson lacks", () => {
  const cell = (cell_type: "code" | "markdown", source: string): Cell => {
    return { cell_type, id: "", source, metadata: {}, outputs: [], execution_count: null };
  };
  const body = Array.from({ length: 6 }, (_, line) => `  one(${line});`).join("\n");
  const long = cell("code", `const f = () => {\n${body}\n};${"\nf();".repeat(8)}`);
  const cells = [cell("markdown", "# Title\n\nShort."), long, long, long, long];
  assert.deepEqual(shapeFaults({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }), [
    "median of the lines of a code cell: 16, wanted 3 to 6",
    "lines of nine code cells in ten: 16, wanted 1 to 10",
    "lines of the longest code cell: 16, wanted 1 to 12",
    "words of prose for a line of code: 0.03, wanted 8 to 25",
    "code cells between two cells of prose: 4, wanted 1 to 1.3",
    "most code cells in a row: 4, wanted 1 to 3",
    ...Array<string>(4).fill("a function of more than 5 lines belongs in lib, 6 lines: () => {"),
    'the first line is "# Title", wanted "# 4 · Title"',
    'the promise under the title has fewer than 15 words: "Short."',
    "the first cell does not say *Time: …*",
    "0 cells are tagged parameters, wanted 1",
  ]);
});

test("lesson 00 leads to every other lesson and says its time as the lesson itself does", () => {
  const [first, ...others] = lessons;
  const map = first.notebook.cells.map(({ source }) => source).join("\n");
  for (const { name, notebook } of others) {
    const [, time] = /\*Time: (.*?)(?= on |,|;|\.|\*)/.exec(notebook.cells[0].source) ?? [];
    const told = new RegExp(`\\]\\(${name}\\.ipynb\\)\\*\\* \\(([^)]*)\\)`).exec(map)?.[1];
    assert.equal(told, time, `${name} in lesson 00: the words in brackets behind its link`);
  }
});

test("every lesson's language_info is the kernel's, so that JupyterLab has nothing to save when it is opened", () => {
  for (const { name, notebook } of lessons)
    assert.deepEqual(notebook.metadata.language_info, kernelInfo().language_info, name);
});

test("no lesson holds parameters of a run", () => {
  const tagged = lessons.filter(({ notebook }) =>
    notebook.cells.some(({ metadata }) => JSON.stringify(metadata).includes("injected-parameters")),
  );
  assert.deepEqual(tagged, []);
});
