import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { KERNELSPEC } from "../../lib/runner/notebook";
import { newProject } from "../commands/project";
import { until } from "../kernel/liveKernel";
import { code } from "../runner/samples";
import { skip } from "./labServer";
import { openNotebook } from "./notebookPage";
import { useLab } from "./useLab";

describe("JupyterLab", { skip }, () => {
  const used = useLab(newProject);

  test("gives a notebook, and each restart, the kernel that it has kept warm", async () => {
    used.project.writeNotebook("warm.ipynb", [code("process.pid")], { kernelspec: KERNELSPEC });
    await until(() => started(used.lab.pid).length === 1);
    const [first] = started(used.lab.pid);
    const notebook = await openNotebook(used.browser, used.lab.address("warm.ipynb"));
    await notebook.menu("Run", "Run All Cells");
    await notebook.idle();
    assert.match((await notebook.cells())[0].text, new RegExp(`\\b${first}$`));
    await until(() => started(used.lab.pid).length === 2);
    const [second] = started(used.lab.pid).filter((pid) => pid !== first);
    await notebook.press("restart-and-run");
    await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
    await notebook.cell(0).getByText(String(second)).waitFor();
    assert.ok(!started(used.lab.pid).includes(first));
    await notebook.close();
  });
});

/** The processes that were started ahead by a server. */
function started(server: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "ppid=,pid=,args="], { encoding: "utf8" }).split("\n");
  const all = lines.map((line) => /^ *(\d+) +(\d+) .*launch\.js --warm$/.exec(line));
  return all.flatMap((found) => (found && Number(found[1]) === server ? [Number(found[2])] : []));
}
