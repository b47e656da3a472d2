import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { findLessons } from "../../lib/commands/lessons";
import { hasTag, type Notebook } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { skip, startLab } from "./labServer";
import { type NotebookPage, openNotebook, type ShownCell } from "./notebookPage";
import { newLessonProject, writeQuickLesson } from "./quickLesson";
import { useLab } from "./useLab";

const PLOTLY = "application/vnd.plotly.v1+json";

const LESSONS = findLessons().map((file) => basename(file).slice(0, 2));

/** The cell of lesson 2 that trains, counted from 0. */
const TRAINING = 9;

describe("in JupyterLab", { skip }, () => {
  const used = useLab(newLessonProject);

  for (const [index, lesson] of LESSONS.entries())
    test(`lesson ${lesson} runs from first to last, with every figure drawn and nothing in red`, async () => {
      const theme = index % 2 === 0 ? "light" : "dark";
      const notebook = await openNotebook(used.browser, used.lab.address(writeQuickLesson(used.project, lesson)), {
        theme,
      });
      await notebook.menu("Run", "Run All Cells");
      await checkRun(notebook, figuresOf(lesson), { failing: failingIn(lesson) });
      assert.deepEqual(notebook.asked, []);
      assert.equal(await notebook.page.locator(".atelier-stale").count(), 0, "all ran in order");
      const dark = await notebook.page.evaluate(() => document.body.dataset.jpThemeLight === "false");
      assert.equal(dark, theme === "dark");
      if (lesson === "01")
        await notebook.page.frameLocator(".atelier-demo iframe").getByRole("button").first().waitFor();
      await notebook.menu("File", "Save Notebook");
      await notebook.close();
    });

  test("a training is drawn while it runs, ends in order when interrupted, and goes on after a restart", async () => {
    const file = writeQuickLesson(used.project, "02", "interrupted", { epochs: 8, imageLimit: 8000 });
    const notebook = await openNotebook(used.browser, used.lab.address(file));
    await notebook.menu("Run", "Run All Cells");
    const training = notebook.cell(TRAINING);
    const curve = () => training.locator("img").getAttribute("src");
    await training.getByText(/^Epoch 1\/8/).waitFor({ timeout: 120_000 });
    const early = await curve();
    await training.getByText(/Epoch 2\/8/).waitFor({ timeout: 120_000 });
    assert.notEqual(await curve(), early);
    await notebook.press("interrupt");
    const cells = await checkRun(notebook, figuresOf("02"));
    const kept = cells[TRAINING].text.match(/^.*Epoch \d+\/8.*val_accuracy.*$/gm) ?? [];
    assert.ok(kept.length >= 2 && kept.length < 8, cells[TRAINING].text);
    await notebook.press("restart-and-run");
    await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
    await training.getByText(/Epoch 8\/8/).waitFor({ timeout: 240_000 });
    const again = await checkRun(notebook, figuresOf("02"));
    assert.match(again[TRAINING].text, new RegExp(`Epochs 1 to ${kept.length} were trained before`));
    await notebook.close();
  });

  test("a saved lesson shows its figures and tables again, whether the reader trusts it or not", async () => {
    const file = join("notebooks", "02.ipynb");
    const figures = countFigures(loadNotebook(join(used.project.folder, file)));
    assert.equal(figures, figuresOf("02"));
    const stranger = await startLab(used.project.folder, { home: "stranger" });
    try {
      for (const [server, trusted] of [
        [used.lab, true],
        [stranger, false],
      ] as const) {
        const notebook = await openNotebook(used.browser, server.address(file));
        // JupyterLab has kept a picture of each, and draws it anew where the mouse goes.
        const shown = notebook.page.locator(".jp-RenderedPlotly");
        await shown
          .locator("img")
          .nth(figures - 1)
          .waitFor({ state: "attached" }); // cells come one after the other
        assert.equal(await shown.locator("img").count(), figures);
        for (const figure of await shown.all()) await figure.hover();
        await notebook.drawn(figures);
        await notebook.page.setViewportSize({ width: 800, height: 800 });
        for (const figure of await shown.all()) {
          await figure.scrollIntoViewIfNeeded(); // JupyterLab lays out what is near the screen
          await notebook.page.waitForFunction(isWhole, await figure.elementHandle(), { timeout: 10_000 });
        }
        const cells = await notebook.cells();
        assert.match(cells[7].text, /convolution_1.*Conv2D/s);
        assert.equal((await notebook.page.locator(".atelier-table style").count()) > 0, trusted);
        assert.equal(cells.reduce((sum, { errors }) => sum + errors, 0), 0); // prettier-ignore
        await notebook.close();
      }
    } finally {
      await stranger.stop();
    }
  });
});

/** Whether a figure has room in its output, without scrolling. */
function isWhole(figure: Element | null): boolean {
  const output = figure!.parentElement!;
  return output.scrollWidth <= output.clientWidth + 1;
}

/** The Plotly figures among a notebook's outputs. */
function countFigures({ cells }: Notebook): number {
  const outputs = cells.flatMap((cell) => cell.outputs);
  return outputs.filter((output) => "data" in output && PLOTLY in output.data).length;
}

/** As many as the lesson has, as it is kept with its outputs. */
function figuresOf(lesson: string): number {
  return countFigures(loadNotebook(findLessons([lesson])[0]));
}

/** The code cells, counted from 0 and after the one with the quick values, that are meant to fail. */
function failingIn(lesson: string): number[] {
  const code = loadNotebook(findLessons([lesson])[0]).cells.filter(({ cell_type }) => cell_type === "code");
  return code.flatMap((cell, index) => (hasTag(cell, "raises-exception") ? [index + 1] : []));
}

/** Waits for the end of a run and checks that all of it worked, but what is meant to fail. */
async function checkRun(
  notebook: NotebookPage,
  figures: number,
  { failing = [] }: { failing?: number[] } = {},
): Promise<ShownCell[]> {
  await notebook.idle();
  await notebook.drawn(figures);
  const cells = await notebook.cells();
  for (const [index, { errors, text }] of cells.entries())
    assert.equal(errors, failing.includes(index) ? 1 : 0, `cell ${index + 1}: ${text}`);
  const prompts = cells.map((_, index) => `[${index + 1}]:`);
  assert.deepEqual(
    cells.map(({ prompt }, index) => prompt || prompts[index]),
    prompts,
  ); // prettier-ignore -- folded code has none
  return cells;
}
