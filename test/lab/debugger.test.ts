import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { code, notebookOf } from "../runner/samples";
import { skip } from "./labServer";
import { openNotebook } from "./notebookPage";
import { newLessonProject } from "./quickLesson";
import { useLab } from "./useLab";

const CELLS = [
  [
    "function area(width: number, height: number): number {",
    "  const product = width * height;",
    "  return product;",
    "}",
    "import * as tf from '@tensorflow/tfjs';",
    "const sizes = [3, 4], picture = tf.ones([28, 28, 1]);",
  ].join("\n"),
  "const first = area(sizes[0], sizes[1]);\nfirst + 1",
];

describe("JupyterLab's debugger", { skip }, () => {
  const used = useLab(newLessonProject);

  test("stops at a breakpoint that was clicked, shows variables and calls, steps, and goes on", async () => {
    const file = join("notebooks", "debugged.ipynb");
    const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
    saveNotebook(join(used.project.folder, file), {
      ...notebookOf(...CELLS.map((one) => code(one))),
      metadata: { kernelspec },
    });
    const notebook = await openNotebook(used.browser, used.lab.address(file), { width: 1500 });
    const { page } = notebook;
    const press = (name: string) => page.locator(`jp-button[data-command="debugger:${name}"]`).first().click();
    await page.locator('.jp-DebuggerBugButton[aria-disabled="false"]').click();
    await page.locator(".jp-DebuggerVariables").waitFor();
    const gutter = notebook.cell(0).locator(".cm-breakpoint-gutter .cm-gutterElement");
    await gutter.nth(3).click();
    await gutter.nth(3).locator(".cm-breakpoint-icon").waitFor();
    await notebook.menu("Run", "Run All Cells");
    const calls = page.locator(".jp-DebuggerCallstackFrame");
    await calls.first().waitFor();
    await page.locator(".jp-DebuggerVariables").getByText("product").waitFor();
    await picture(page, "stopped");
    assert.match((await calls.allTextContents()).join("; "), /area.*; cell 2/);
    const variables = page.locator(".jp-DebuggerVariables");
    await variables.getByText("product").waitFor();
    assert.match((await variables.textContent()) ?? "", /width.*3.*height.*4.*product.*12/);
    assert.equal(await notebook.cell(0).locator(".jp-DebuggerEditor-highlight").textContent(), "  return product;");
    await press("next");
    await notebook.cell(1).locator(".jp-DebuggerEditor-highlight").waitFor();
    await picture(page, "stepped");
    await press("continue");
    await notebook.idle();
    assert.match((await notebook.cells())[1].text, /13/);
    await page.locator(".jp-DebuggerVariables").getByText("picture").waitFor();
    const listed = (await variables.textContent()) ?? "";
    assert.match(listed, /pictureTensor \[28, 28, 1\] float32, 784 values/);
    assert.ok(!/tf/.test(listed), "imports are no variables");
    await picture(page, "ended");
    await variables.getByText("picture").hover();
    await page.locator(".jp-DebuggerVariables-renderVariable").click();
    await page
      .locator(".jp-VariableRendererPanel-renderer img, .jp-VariableRendererPanel-renderer table")
      .first()
      .waitFor();
    await picture(page, "rendered");
    await notebook.close();
  });
});

/** Saves what the page looks like, where ATELIER_SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ATELIER_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `debugger-${name}.png`) });
}
