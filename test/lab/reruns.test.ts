import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { KERNELSPEC } from "../../lib/runner/notebook";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { skip } from "./labServer";
import { type NotebookPage, openNotebook } from "./notebookPage";
import { useLab } from "./useLab";

const CELLS = ["let rate = 2; rate", "const price = 10 * rate; price", "const other = 7; other", "`costs ${price}`"];

/** Where pictures of the tour are put, if they are wanted. */
const pictures = process.env.ATELIER_SCREENSHOTS;

describe("in JupyterLab", { skip }, () => {
  const used = useLab(newProject);

  for (const theme of ["light", "dark"] as const)
    test(`stale cells are marked and run with what they depend on, ${theme}`, async () => {
      const name = `reruns-${theme}.ipynb`;
      const cells = CELLS.map((source) => code(source));
      used.project.writeNotebook(name, cells, { kernelspec: KERNELSPEC });
      const notebook = await openNotebook(used.browser, used.lab.address(name), { theme });
      await notebook.menu("Run", "Run All Cells");
      await notebook.idle();
      assert.deepEqual(await marks(notebook), ["", "", "", ""]);

      await editFirst(notebook, "let rate = 3; rate");
      await marked(notebook, 3);
      const edited = "stale: `rate` is of cell [1], which is stale";
      const behind = "stale: `price` is of cell [2], which is stale";
      assert.deepEqual(await marks(notebook), ["stale: it was edited after it ran", edited, "", behind]);
      if (pictures) await notebook.page.screenshot({ path: join(pictures, `reruns-${theme}-edited.png`) });

      await notebook.page.keyboard.press("Control+Enter");
      await notebook.idle();
      await marked(notebook, 2);
      assert.deepEqual(await marks(notebook), ["", "stale: `rate` was written anew by cell [5]", "", behind]);

      await notebook.cell(0).click({ button: "right" });
      await notebook.page.getByText("Run What Depends on This Cell").click();
      await marked(notebook, 0);
      await notebook.idle();
      const shown = await notebook.cells();
      assert.deepEqual(
        shown.map(({ prompt }) => prompt),
        ["[5]:", "[6]:", "[3]:", "[7]:"],
      );
      assert.match(shown[3].text, /costs 30/);
      assert.deepEqual(await marks(notebook), ["", "", "", ""]);

      await editFirst(notebook, "let rate = 4; rate");
      await marked(notebook, 3);
      await notebook.cell(0).click({ button: "right" });
      await notebook.page.getByText("Run What Depends on This Cell").click();
      await marked(notebook, 0);
      assert.match((await notebook.cells())[3].text, /costs 40/, "a stale cell runs first itself");

      await editFirst(notebook, "let rate = 5; rate");
      await marked(notebook, 3);
      await notebook.press("restart");
      await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
      await marked(notebook, 0);
      await notebook.menu("File", "Save Notebook");
      await notebook.close();
    });
});

/** What each code cell says of why it is stale. */
function marks({ page }: NotebookPage): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll(".jp-NotebookPanel .jp-CodeCell"), (cell) => {
      const title = cell.querySelector<HTMLElement>(".jp-InputArea-prompt")?.title ?? "";
      return cell.classList.contains("atelier-stale") ? title : title && `${title}, and has no mark`;
    }),
  );
}

/** Waits until so many cells are marked. */
async function marked({ page }: NotebookPage, count: number): Promise<void> {
  const isSo = (wanted: number) => document.querySelectorAll(".jp-CodeCell.atelier-stale").length === wanted;
  await page.waitForFunction(isSo, count, { timeout: 20_000 });
}

/** Types another text into the first cell. */
async function editFirst(notebook: NotebookPage, text: string): Promise<void> {
  await notebook.cell(0).locator(".cm-content").click();
  await notebook.page.keyboard.press("Control+A");
  await notebook.page.keyboard.insertText(text);
}
