import assert from "node:assert/strict";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import { findLessons, quickParameters } from "../lib/commands/lessons";
import { projectRoot } from "../lib/files";
import { gradedCells } from "../lib/grading/gradedCell";
import { formatDiagnostic } from "../lib/runner/formatDiagnostic";
import { type Cell, hasTag, isExecuted, type Notebook } from "../lib/runner/notebook";
import { loadNotebook } from "../lib/runner/parseNotebook";
import { runNotebook } from "../lib/runner/runNotebook";
import { typecheckCells } from "../lib/runner/typecheckCells";
import { newDataProject } from "./commands/project";

const lessons = findLessons().map((file) => ({ file, name: basename(file, ".ipynb"), notebook: loadNotebook(file) }));

const codeCells = ({ cells }: Notebook) => cells.filter(({ cell_type }) => cell_type === "code");
const codeLines = (notebook: Notebook) => codeCells(notebook).flatMap(({ source }) => source.trimEnd().split("\n"));

test("every lesson passes the strict compiler", () => {
  const mistakes = typecheckCells(lessons.map(({ file }) => file)).map(formatDiagnostic);
  assert.ok(mistakes.length === 0, `\n${mistakes.join("\n\n")}\n`);
});

for (const { file, name, notebook } of lessons) {
  test(`${name} has short lines, small values for a quick run, and no gaps`, () => {
    for (const line of codeLines(notebook)) assert.ok(line.length <= 110, line);
    const prose = notebook.cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => source);
    assert.ok(Object.keys(quickParameters(notebook)).length > 0);
    for (const text of prose) assert.doesNotMatch(text, /@@|TODO|FIXME/);
  });

  test(`${name} is committed as a plain run has left it: executed in order, without errors, small`, () => {
    const executed = notebook.cells.filter(isExecuted);
    assert.deepEqual(
      executed.map(({ execution_count }) => execution_count),
      executed.map((_, index) => index + 1),
    );
    const sound = executed.filter((cell) => !hasTag(cell, "raises-exception"));
    const errors = sound.flatMap(({ outputs }) => outputs.filter(({ output_type }) => output_type === "error"));
    assert.deepEqual(errors, []);
    assert.ok(!notebook.cells.some((cell) => hasTag(cell, "injected-parameters")));
    assert.ok(![notebook, ...notebook.cells].some(({ metadata }) => "papermill" in metadata));
    assert.ok(statSync(file).size < 2e6, `${statSync(file).size} bytes`);
  });

  test(`${name} holds nothing of the machine it ran on, and not plotly.js itself`, () => {
    const text = readFileSync(file, "utf8");
    const folders = [projectRoot, homedir(), tmpdir()].filter((folder) => folder.length > 1);
    for (const folder of folders) assert.ok(!text.includes(JSON.stringify(folder).slice(1, -1)), folder);
    assert.doesNotMatch(text, /(?<![\w.])\/(tmp|home|root|Users)\/|[A-Z]:\\\\Users/);
    const plotly = readFileSync(require.resolve("plotly.js-dist-min"), "utf8");
    assert.ok(!text.includes(JSON.stringify(plotly.slice(1e5, 1e5 + 100)).slice(1, -1)));
  });
}

/** The text of the value that a cell ends with. */
function resultOf({ outputs }: Cell): unknown {
  const result = outputs.find(({ output_type }) => output_type === "execute_result");
  return result?.output_type === "execute_result" ? result.data["text/plain"] : undefined;
}

/** What a quick run must record, and between which values. */
const RANGES: Record<string, Record<string, [number, number]>> = {
  "00": { nearestAverage: [0.6, 0.75] },
  "01": {
    splitAccuracy: [0.5, 0.95],
    testAccuracy: [0.5, 0.95],
    lstmLoss: [0.05, 0.15],
    precisionAt10: [0, 0.2],
    auc: [0.3, 0.7],
    plantedAuc: [0.6, 1],
  },
  "02": { testAccuracy: [0.5, 0.95] },
  "03": { validationAccuracy: [0.5, 0.95], testAccuracy: [0.5, 0.95] },
  "04": {
    leakMase: [0.55, 0.63],
    naiveMase: [1.2, 2.5],
    bestClassicalMase: [1, 2],
    regressionMase: [0.7, 1.2],
    directMase: [0.4, 1],
    linearMase: [0.5, 0.9],
    coverage: [0.6, 0.97],
  },
  "05": {
    warpAuc: [0.77, 0.84],
    bprAuc: [0.7, 0.8],
    popularityAuc: [0.64, 0.73],
    precisionAt10: [0.05, 0.09],
    coldPlainAuc: [0.44, 0.56],
    coldHybridAuc: [0.65, 0.85],
  },
  "06": {
    knownAccuracy: [0.6, 0.95],
    neighboursKept: [0.45, 0.75],
    frozenAccuracy: [0.45, 0.9],
    coldAucIds: [0.4, 0.6],
    coldAucNetwork: [0.62, 0.82],
  },
};

/** One lesson runs on several threads as a person's would; for the others one is less work. */
const threadsOf = (name: string) => (name.startsWith("02") ? "2" : process.env.ATELIER_THREADS);

// In a project of its own, a run finds no model that an earlier one left, and leaves none where people keep theirs.
const project = newDataProject();
after(() => project.remove());

describe("headless, with quick parameters", { concurrency: 2 }, () => {
  for (const { file, name, notebook } of lessons)
    test(`${name} runs, records plausible numbers and leaves a page`, async () => {
      const [own, output, html] = ["notebooks/.ipynb", "out/.ipynb", "out/.html"].map((path) =>
        join(project.folder, path.replace(".", `${name}.`)),
      );
      copyFileSync(file, own);
      const lines: string[] = [];
      const parameters = { ...quickParameters(notebook), fresh: true };
      const env = { ATELIER_THREADS: threadsOf(name) };
      const result = await runNotebook(own, { output, html, parameters, env, log: (line) => lines.push(line) });
      assert.equal(result.status, "ok", lines.join("\n"));
      assert.deepEqual(result.parameters, { ...result.parameters, ...parameters });
      assert.equal(result.cells, notebook.cells.filter(isExecuted).length + 1);
      assert.ok(Object.keys(result.metrics).length > 0);
      for (const [metric, [least, most]] of Object.entries(RANGES[name.slice(0, 2)] ?? {})) {
        const value = result.metrics[metric];
        assert.ok(typeof value === "number" && value >= least && value <= most, `${metric} is ${value}`);
      }
      for (const { id, cell, points } of gradedCells(loadNotebook(output)))
        if (points > 0) assert.equal(resultOf(cell), String(points), `the solution before ${id} earns all points`);
      assert.ok(statSync(output).size < 2e6);
      assert.match(readFileSync(html, "utf8"), /<h1[^>]*>.*<\/html>\s*$/s);
    });
});
