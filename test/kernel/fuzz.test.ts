import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import { runInNewContext } from "node:vm";
import { newConverter } from "../../lib/kernel/compiler/converter";
import type { Compiler } from "../../lib/kernel/compiler/compiler";
import { newExecutionContext } from "../../lib/kernel/executionContext";
import { newFallbackFiles } from "../../lib/kernel/fallbackFiles";
import { newVariables } from "../../lib/kernel/variables";
import { seededRandom } from "../../lib/random";
import { madeUpCells } from "./madeUpCells";

const PROGRAMS = 2;
const CELLS = 1000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-made-up-")));
after(() => rmSync(folder, { recursive: true }));

/** The compiler and the context of a kernel, without its sockets. */
function newCells() {
  const fallback = newFallbackFiles(folder);
  const converter = newConverter({ ts: ts as Compiler, folder, fallback, kept: join(folder, "kept"), declared: "" });
  const loading = {
    tslab: () => ({}),
    onRequired: () => {},
    importModule: async () => ({}),
    announce: () => undefined,
  };
  const variables = newVariables({});
  const context = newExecutionContext({ folder, fallback, scripts: new Map(), variables, ...loading });
  return async (source: string): Promise<unknown> => {
    const cell = converter.convert(source);
    assert.deepEqual(cell.diagnostics, [], source);
    const value = await context.run(cell, "cell");
    converter.keep(cell);
    return value.v;
  };
}

test(`${PROGRAMS * CELLS} made-up cells give what Node gives for the same program`, async () => {
  for (let seed = 0; seed < PROGRAMS; seed++) {
    const { cells, script } = madeUpCells(CELLS, seededRandom(seed));
    const wanted: string[] = runInNewContext(`${script}\nresults`);
    const run = newCells();
    for (const [index, source] of cells.entries())
      assert.equal(JSON.stringify(await run(source)), wanted[index], `seed ${seed}, cell ${index}: ${source}`);
  }
});
