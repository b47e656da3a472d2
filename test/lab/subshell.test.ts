import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { KERNELSPEC } from "../../lib/runner/notebook";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { skip } from "./labServer";
import { openNotebook } from "./notebookPage";
import { useLab } from "./useLab";

const CELL =
  "let step = 0;\nwhile (step < 1000) {\n  step++;\n  await new Promise((resolve) => setTimeout(resolve, 50));\n}";

describe("JupyterLab's subshell console", { skip }, () => {
  const used = useLab(newProject);

  test("answers while a cell of the notebook runs", async () => {
    used.project.writeNotebook("asked.ipynb", [code(CELL)], { kernelspec: KERNELSPEC });
    const notebook = await openNotebook(used.browser, used.lab.address("asked.ipynb"), { width: 1400 });
    const { page } = notebook;
    const made = subshellMade(page);
    await notebook.menu("Run", "Run All Cells");
    await notebook.cell(0).click({ button: "right" });
    await page.getByText("New Subshell Console for Notebook").click();
    const prompt = page.locator(".jp-CodeConsole-promptCell .cm-content");
    await prompt.click();
    await made; // before that, JupyterLab sends what is typed to the main shell
    await page.keyboard.insertText("`it is at ${step > 0 && step < 1000}`");
    await page.keyboard.press("Shift+Enter");
    await page.locator(".jp-CodeConsole-content .jp-OutputArea-output").filter({ hasText: "it is at true" }).waitFor();
    assert.match((await notebook.cells())[0].prompt, /\*/, "the cell still runs");
    await page.locator(".jp-NotebookPanel").first().click();
    await notebook.press("interrupt");
    await notebook.idle();
    await page.context().close();
  });
});

/** Settles when the kernel has told JupyterLab of a new subshell. */
function subshellMade(page: Page): Promise<void> {
  return new Promise((resolve) =>
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (payload.includes("create_subshell_reply")) resolve();
      }),
    ),
  );
}
