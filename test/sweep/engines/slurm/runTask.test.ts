import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { takeFolder } from "../../../../lib/lock/folderLock";
import { runTask } from "../../../../lib/sweep/engines/slurm/runTask";
import { rowFolder } from "../../../../lib/sweep/sweepFolder";
import { newFolder, rowsOf, writeReport } from "../../samples";

const { folder: runs, remove } = newFolder();
after(remove);

/** What a task says of a row that is finished, whose folder is held for so many ms. */
async function saidOf(index: number, held: number): Promise<string[]> {
  const row = rowsOf(index + 1)[index];
  const folder = rowFolder(runs, row.id);
  mkdirSync(folder, { recursive: true });
  writeReport(folder, { status: "ok", seconds: 1, metrics: {} });
  const lock = takeFolder(folder);
  const timer = setTimeout(() => lock?.release(), held);
  const said: string[] = [];
  const { signal } = new AbortController();
  const how = { notebook: "none.ipynb", threads: 1 };
  const code = await runTask({ how, row }, { runs, signal, hurry: signal, look: 0.2, log: (line) => said.push(line) });
  assert.equal(code, 0);
  clearTimeout(timer);
  lock?.release();
  return said;
}

test("a task whose row is held for a moment waits for it, as by a process that submits it", async () => {
  const [said, ...more] = await saidOf(0, 5);
  assert.match(said, /is finished already$/);
  assert.deepEqual(more, []);
});

test("a task whose row another process runs says so, and ends", async () => {
  const [said, ...more] = await saidOf(1, 60_000);
  assert.match(said, new RegExp(`runs already, .* as process ${process.pid}$`));
  assert.deepEqual(more, []);
});
