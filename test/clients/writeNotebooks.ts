import * as fs from "node:fs";
import * as path from "node:path";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { projectRoot } from "../../lib/files";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { prepareNotebook } from "../../lib/runner/prepareNotebook";
import { clearOutputs, planAll } from "../../lib/runner/runPlan";

/** Cells that fail, and what clients must say of them. */
const BAD: Record<string, { code: string; ename: string; evalue: string }> = {
  thrown: {
    code: 'throw new RangeError("limit is 3");',
    ename: "RangeError",
    evalue: "limit is 3",
  },
  type: {
    code: 'const count: number = "three";',
    ename: "TypeScriptError",
    evalue: "1:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
  },
  rejected: {
    code: 'await Promise.reject(new TypeError("no such picture"));',
    ename: "TypeError",
    evalue: "no such picture",
  },
};

/** Writes all lessons with their quick values as good-*.ipynb, and notebooks that fail as bad-*.ipynb. */
export function writeNotebooks(folder: string): void {
  for (const name of ["lib", "node_modules"]) fs.symlinkSync(path.join(projectRoot, name), path.join(folder, name));
  for (const lesson of findLessons()) {
    const { notebook, range } = prepareNotebook(lesson, { parameters: quickParameters(loadNotebook(lesson)) });
    clearOutputs(notebook, planAll(notebook, range));
    saveNotebook(path.join(folder, `good-${path.basename(lesson)}`), notebook);
  }
  for (const [name, { code, ...expected }] of Object.entries(BAD)) {
    const cells = ['console.log("before")', code, 'console.log("later")'].map((source, index) => ({
      cell_type: "code",
      id: `cell-${index + 1}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    }));
    const metadata = { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" }, expected };
    const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
    fs.writeFileSync(path.join(folder, `bad-${name}.ipynb`), JSON.stringify(notebook));
  }
}
