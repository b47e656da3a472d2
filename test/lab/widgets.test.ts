import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { skip } from "./labServer";
import { type NotebookPage, openNotebook } from "./notebookPage";
import { useLab } from "./useLab";

const NAMES = ["slider", "select", "checkbox", "text", "button", "upload", "draw", "progress", "interact", "explore", "clicks"]; // prettier-ignore
const CELLS = [
  [...NAMES.map((name) => `import { ${name} } from "./lib/widgets/${name}";`), 'import { show } from "./lib/notebook/show";'].join(" "), // prettier-ignore
  `const rate = slider({ label: "Learning rate", min: 0.0001, max: 1, value: 0.01, scale: "log" });
const weeks = slider({ label: "Weeks", min: 1, max: 26, value: 8 });
const kind = select({ label: "Kind", options: ["shirt", "coat", "dress"] });
const on = checkbox({ label: "Augment", value: true });
const name = text({ label: "Name" }), note = text({ label: "Note", lines: 3 });
const go = button({ label: "Train" }), file = upload({ label: "Photo" }), bar = progress({ label: "Done", value: 0.4 });
for (const one of [rate, weeks, kind, on, name, note, go, file, bar]) show(one);
go.onChange((count) => (bar.value = count / 10));`,
  `const pad = draw({ label: "Draw a shirt" }); pad`,
  `interact(({ weeks, kind }) => {
  if (weeks === 12) throw new RangeError("not twelve");
  return \`\${kind}, \${weeks} weeks\`;
}, { weeks, kind })`,
  `const rows = Array.from({ length: 60_000 }, (_, i) => ({ item: "item " + i, price: ((i * 7919) % 60_000) / 10 }));
explore(rows)`,
  `const picked = clicks({ data: [{ type: "scatter", mode: "markers", x: [1, 2, 3], y: [4, 1, 9], marker: { size: 20 } }], layout: { height: 300 } as never });
picked`,
  `JSON.stringify([rate.value > 0.1, weeks.value, kind.value, on.value, name.value, note.value, go.value, file.value.map((one) => one.name + one.bytes.length), pad.value.filter((level) => level > 0).length > 40, picked.value.clicked?.index])`,
  `interact((at) => ({ data: [{ type: "scatter", x: [1, 2], y: [1, at.weeks] }], layout: { height: 200, title: { text: at.weeks + " weeks drawn" } } }), { weeks })`,
];

const HEIGHT = 2200; // JupyterLab takes cells out that are not seen

describe("JupyterLab's widgets", { skip }, () => {
  const used = useLab(newProject);
  const opened = async (name: string, theme: "light" | "dark") => {
    const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
    const file = join("notebooks", `${name}.ipynb`);
    used.project.writeNotebook(file, CELLS.map((one) => code(one)), { kernelspec }); // prettier-ignore
    const notebook = await openNotebook(used.browser, used.lab.address(file), { theme, width: 1200, height: HEIGHT });
    await notebook.menu("Run", "Run All Cells");
    await notebook.idle();
    return { notebook, page: notebook.page, file: join(used.project.folder, file) };
  };

  test("each is moved by mouse and keyboard, and its value comes to the cells", async () => {
    const { notebook, page } = await opened("moved", "light");
    await moveControls(notebook);
    await drawLine(notebook);
    await picture(page, "moved");
    const figure = notebook.cell(5);
    await figure.locator(".js-plotly-plot .points path").nth(1).scrollIntoViewIfNeeded();
    await figure.getByText("Click a point").waitFor();
    await page.waitForTimeout(600); // the figure is listened to soon after it is drawn
    const box = (await figure.locator(".js-plotly-plot .points path").nth(1).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await figure.getByText("clicked: 2, 1").waitFor();
    await picture(page, "clicked");
    const last = notebook.cell(6);
    await last.locator(".cm-content").click();
    await page.keyboard.press("Shift+Enter");
    await notebook.idle();
    const [values] = /\[true.*\]/.exec((await notebook.cells())[6].text) ?? [];
    assert.deepEqual(JSON.parse(values ?? "null"), [true, 11, "coat", false, "Ada", "two\nlines", 1, ["a.txt3"], true, 1]); // prettier-ignore
    assert.deepEqual(notebook.asked, []);
    await notebook.close();
  });

  test("interact() follows the controls, shows an error in the result's place, and recovers", async () => {
    const { notebook, page } = await opened("interact", "dark");
    const cell = notebook.cell(3);
    await cell.getByText("shirt, 8 weeks").waitFor();
    await cell.locator("select").selectOption("dress");
    await cell.getByText("dress, 8 weeks").waitFor();
    const handle = cell.locator(".noUi-handle");
    await handle.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowRight");
    await cell.getByText("RangeError: not twelve").waitFor();
    await picture(page, "error");
    await page.keyboard.press("ArrowLeft");
    await cell.getByText("dress, 11 weeks").waitFor();
    await notebook.cell(7).locator(".js-plotly-plot .gtitle").getByText("11 weeks drawn").waitFor();
    await notebook.close();
  });

  test("a table of 60,000 rows is sorted and filtered at once", async () => {
    const { notebook, page } = await opened("table", "dark");
    const cell = notebook.cell(4);
    const after = async (act: () => Promise<void>, part: string) => {
      const start = Date.now();
      await act();
      await cell.getByText(part).first().waitFor();
      return Date.now() - start;
    };
    const spent = [
      await after(() => cell.getByRole("button", { name: "price" }).click(), "item 37679"),
      await after(() => cell.getByRole("button", { name: "price" }).press("Enter"), "5999.9"),
      await after(
        () => cell.getByRole("searchbox", { name: "filter item" }).pressSequentially("item 599"),
        "of 60,000 rows",
      ),
      await after(() => cell.getByTitle("next page").click(), "page 2 of"),
    ];
    await picture(page, "table");
    assert.ok(Math.max(...spent) < 4000, `${spent.join(", ")} ms`);
    await notebook.close();
  });

  test("after their kernel has died they are still pictures", async () => {
    const { notebook, page } = await opened("died", "dark");
    await notebook.cell(6).locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText('process.kill(process.pid, "SIGKILL")');
    await page.keyboard.press("Control+Enter");
    await page.locator(".jp-Dialog").getByText("appears to have died").waitFor();
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await stillOnes(page);
    await picture(page, "died");
    await notebook.close();
  });

  test("after a restart, and in a notebook that is opened again, they are still pictures", async () => {
    const { notebook, page, file } = await opened("still", "light");
    await notebook.cell(1).locator("select").selectOption("coat");
    await notebook.cell(3).getByText("coat, 8 weeks").waitFor();
    await notebook.menu("File", "Save Notebook");
    await page.waitForFunction(() => !document.querySelector(".jp-mod-dirty"));
    const saved = JSON.parse(readFileSync(file, "utf8"));
    const states = saved.metadata.widgets["application/vnd.jupyter.widget-state+json"].state;
    assert.ok(Object.values(states as { model_name: string }[]).some((one) => one.model_name === "DropdownModel"));
    await notebook.menu("Kernel", "Restart Kernel…");
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await stillOnes(page);
    await picture(page, "restarted");
    const again = async () => {
      await page.goto(used.lab.address(join("notebooks", "still.ipynb")));
      await page.getByText("TypeScript | Idle").waitFor();
    };
    await again();
    await stillOnes(page);
    assert.equal(await notebook.cell(1).locator("select").inputValue(), "coat");
    await picture(page, "reopened");
    delete saved.metadata.widgets; // as where no front end has saved them
    writeFileSync(file, JSON.stringify(saved));
    await again();
    await notebook.cell(1).locator('input[type="range"][disabled]').first().waitFor();
    await notebook.cell(2).locator('img[alt="a drawing of 28 x 28 pixels"]').waitFor();
    await page.waitForFunction(() => !/Error displaying|Loading widget/.test(document.body.textContent ?? ""));
    await picture(page, "without states");
    await notebook.close();
  });
});

/** Waits until the widgets are drawn and none of them can be moved. */
async function stillOnes(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const views = [...document.querySelectorAll<HTMLElement>(".jp-Notebook .jupyter-widgets")];
    return views.length >= 14 && views.every((view) => view.closest("[inert]"));
  });
  assert.doesNotMatch((await page.textContent("body")) ?? "", /Error displaying widget/);
}

async function moveControls({ page, cell: cellAt }: NotebookPage): Promise<void> {
  const cell = cellAt(1);
  await cell.scrollIntoViewIfNeeded();
  const [rate, weeks] = [cell.locator(".noUi-handle").nth(0), cell.locator(".noUi-handle").nth(1)];
  const { x, y, width, height } = (await rate.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 70, y + height / 2, { steps: 10 });
  await page.mouse.up();
  await weeks.focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
  await cell.locator("select").press("c");
  await cell.locator('input[type="checkbox"]').press("Space");
  await cell.locator('input[type="text"]').pressSequentially("Ada");
  await cell.locator("textarea").fill("two\nlines");
  await cell.getByText("Train", { exact: true }).press("Enter");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), cell.getByText("Photo (0)").click()]);
  await chooser.setFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
  await cell.getByText("Photo (1)").waitFor();
  await page.waitForFunction(() => {
    const bar = document.querySelector<HTMLElement>(".jp-Notebook .progress-bar");
    return bar?.style.width === "10%";
  });
}

async function drawLine({ page, cell }: NotebookPage): Promise<void> {
  const canvas = cell(2).locator("canvas");
  await canvas.scrollIntoViewIfNeeded();
  const { x, y } = (await canvas.boundingBox())!;
  await page.mouse.move(x + 40, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + 180, y + 150, { steps: 15 });
  await page.mouse.up();
  for (let press = 0; press < 8; press++) await page.keyboard.press("Shift+ArrowLeft");
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.ATELIER_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `widgets-${name}.png`) });
}
