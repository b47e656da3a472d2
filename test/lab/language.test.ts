import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { KERNELSPEC } from "../../lib/runner/notebook";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { skip } from "./labServer";
import { type NotebookPage, openNotebook } from "./notebookPage";
import { useLab } from "./useLab";

const CELLS = [
  'import { half } from "./shapes";\nconst price = 10;\nhalf(price);',
  "const total: string = 2 * price;",
  "console.log(price)",
  "for (const end = Date.now() + 20000; Date.now() < end; );",
];

/** Where pictures of the tour are put, if they are wanted. */
const pictures = process.env.ATELIER_SCREENSHOTS;

const LIMIT = 60_000; // ms for the first answer on a slow machine

describe("in JupyterLab", { skip }, () => {
  const used = useLab(newProject);

  for (const theme of ["light", "dark"] as const)
    test(`a notebook is understood as it is written, ${theme}`, async () => {
      const name = `language-${theme}.ipynb`;
      const { folder } = used.project;
      writeFileSync(
        join(folder, "shapes.ts"),
        "/** Halves a number. */\nexport function half(x: number) {\n  return x / 2;\n}\n",
      );
      used.project.writeNotebook(name, CELLS.map((source) => code(source)), { kernelspec: KERNELSPEC }); // prettier-ignore
      const notebook = await openNotebook(used.browser, used.lab.address(name), { theme });
      const { page } = notebook;
      const picture = async (step: string) => {
        if (pictures) await page.screenshot({ path: join(pictures, `language-${theme}-${step}.png`) });
      };

      await place(notebook, 1, "End");
      const wrong = notebook.cell(1).locator(".atelier-message");
      await wrong.waitFor({ timeout: LIMIT });
      assert.equal(await wrong.textContent(), "1:7 Type 'number' is not assignable to type 'string'.");
      assert.equal(await notebook.cell(1).locator(".atelier-error").textContent(), "total");
      await picture("error");

      await write(notebook, 1, "const total: number = half(");
      const tip = page.locator(".atelier-tip");
      await tip.getByText("half(x: number): number").waitFor({ timeout: LIMIT });
      await tip.getByText("Halves a number.").waitFor();
      await picture("signature");

      await write(notebook, 1, 'import { } from "./');
      await page.keyboard.press("Tab");
      const items = page.locator(".jp-Completer-item");
      await items.getByText("lib", { exact: true }).waitFor({ timeout: LIMIT });
      assert.deepEqual((await items.allTextContents()).filter((text) => /shapes/.test(text)).length, 1);
      await page.keyboard.press("Escape");
      await write(notebook, 1, 'import { } from "./lib/');
      await page.keyboard.press("Tab");
      await items.getByText("vision", { exact: true }).waitFor({ timeout: LIMIT });
      await picture("paths");
      await page.keyboard.press("Escape");

      await write(notebook, 1, "existsSyn");
      const item = items.getByText("existsSync", { exact: true });
      while (!(await item.isVisible())) {
        await page.keyboard.press("Tab"); // JupyterLab waits a second for an answer
        await item.waitFor({ timeout: 5000 }).catch(() => undefined);
      }
      await item.click();
      await notebook.cell(1).getByText('import { existsSync } from "node:fs";').waitFor({ timeout: LIMIT });
      assert.match(await textOf(notebook, 1), /existsSync$/);

      await write(notebook, 1, "const total: number = price;");
      await place(notebook, 1, "End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("F2");
      await page.locator(".jp-Dialog input").fill("cost");
      await picture("rename");
      await page.locator(".jp-Dialog .jp-mod-accept").click();
      await notebook.cell(2).getByText("console.log(cost)").waitFor();
      assert.equal(await textOf(notebook, 0), 'import { half } from "./shapes";const cost = 10;half(cost);');
      assert.equal(await textOf(notebook, 1), "const total: number = cost;");
      await picture("renamed");

      await notebook
        .cell(0)
        .getByText("half(cost)")
        .click({ position: { x: 5, y: 5 } });
      await page.keyboard.press("Shift+F12");
      await page.locator(".jp-Dialog select, .jp-Dialog .jp-Input-Select").first().waitFor({ timeout: LIMIT });
      await picture("references");
      await page.keyboard.press("Escape");
      await notebook
        .cell(0)
        .getByText("half(cost)")
        .click({ position: { x: 5, y: 5 } });
      await page.keyboard.press("F12");
      await page.locator(".jp-FileEditor .cm-content").getByText("return x / 2").waitFor({ timeout: LIMIT });
      await picture("definition");
      await page.getByRole("tab", { name }).click();

      await write(notebook, 1, 'import { buildCnn } from "./lib/vision/cnn";');
      await notebook.cell(1).getByText("buildCnn").dblclick();
      await page.keyboard.press("F12");
      await page.locator(".jp-FileEditor .cm-content").getByText("export function buildCnn(").waitFor();
      await picture("library");
      await page.getByRole("tab", { name }).click();

      await write(notebook, 1, 'import { existsSync } from "node:fs";');
      await notebook.cell(1).getByText("existsSync").dblclick();
      await page.keyboard.press("F12"); // to a file outside of the folder
      await page.getByRole("tab", { name: "fs.d.ts (read-only)" }).waitFor({ timeout: LIMIT });
      const source = page.locator(".jp-MainAreaWidget:visible > .jp-CodeMirrorEditor .cm-content");
      await source.getByText("function existsSync(").waitFor();
      const { y = Infinity } = (await source.getByText("function existsSync(").boundingBox()) ?? {};
      assert.ok(y < page.viewportSize()!.height, `the definition is ${y} pixels down`);
      await picture("outside");
      await page.keyboard.insertText("not taken");
      assert.doesNotMatch((await source.textContent())!, /not taken/);
      await page.getByRole("tab", { name }).click();

      await place(notebook, 3, "End");
      await page.keyboard.press("Control+Enter");
      await page.getByText("TypeScript | Busy").waitFor();
      await write(notebook, 1, "const total: boolean = cost;");
      await wrong.getByText("Type 'number' is not assignable to type 'boolean'.").waitFor({ timeout: LIMIT });
      await picture("busy");
      await page.mouse.move(640, 700); // no tip lies over the button
      await tip.waitFor({ state: "detached" });
      await notebook.press("interrupt");
      await notebook.idle();
      await notebook.menu("File", "Save Notebook");
      await notebook.close();
    });
});

/** Puts the cursor into a cell. */
async function place(notebook: NotebookPage, cell: number, key: string): Promise<void> {
  await notebook.cell(cell).locator(".cm-content").click();
  await notebook.page.keyboard.press(key);
}

/** Types another text into a cell. */
async function write(notebook: NotebookPage, cell: number, text: string): Promise<void> {
  await place(notebook, cell, "Control+A");
  await notebook.page.keyboard.press("Delete");
  await notebook.page.keyboard.insertText(text);
}

async function textOf(notebook: NotebookPage, cell: number): Promise<string> {
  return (await notebook.cell(cell).locator(".cm-content").textContent())!;
}
