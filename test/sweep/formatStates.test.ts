import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, endedLine, livingLines, rowTitle } from "../../lib/sweep/formatStates";
import { liveLines } from "../../lib/sweep/liveLines";
import { rowsAtOnce } from "../../lib/sweep/rowsAtOnce";
import type { RowState } from "../../lib/sweep/runSweep";
import { watchSweep } from "../../lib/sweep/watchSweep";
import { rowsOf } from "./samples";

const rows = rowsOf(12);
const sweep = { name: "s", notebook: "n.ipynb", varied: ["seed"], rows };
const result = { status: "ok", seconds: 2, metrics: { score: 0.5, winner: "relu" } } as const;

test("endedLine() names the row, its numbers and its time, or why it failed", () => {
  const state = (rest: Partial<RowState>): RowState => ({ row: rows[1], status: "ok", ...rest });
  assert.equal(endedLine(state({ result }), sweep, 3), "[ 3/12] seed=2  score 0.5000, winner relu  2.0 s");
  assert.equal(endedLine(state({ status: "failed", error: "Error: x" }), sweep, 4), "[ 4/12] seed=2  failed: Error: x");
  assert.equal(rowTitle({ id: "a", parameters: { kind: "b", sizes: [1] } }, []), "kind=b sizes=[1]");
});

test("livingLines() shows the rows that run, what is where, and what is to go", () => {
  const states: RowState[] = rows.map((row) => ({ row, status: "waiting" }));
  assert.deepEqual(livingLines(states, sweep), ["12 rows: 12 left"]);
  states[0] = { row: rows[0], status: "ok", result };
  states[1] = { row: rows[1], status: "failed" };
  states[2] = { row: rows[2], status: "running", since: 1000 };
  states[3] = { row: rows[3], status: "elsewhere" };
  assert.deepEqual(livingLines(states, sweep, 2000), [
    "  seed=3  … 1.0 s",
    "12 rows: 1 finished, 1 failed, 1 running, 1 in another process, 8 left, about 17 s to go",
  ]);
  assert.equal(countsOf(states.slice(0, 1)), "1 row: 1 finished");
});

function terminal(isTTY: boolean) {
  const stream = { isTTY, columns: 12, text: "", write: (text: string) => (stream.text += text) };
  return stream;
}

test("liveLines() writes lines that stay above those that are written over, and plain ones where there is no terminal", () => {
  const screen = terminal(true);
  const lines = liveLines(screen);
  lines.show(["a", "a line that is too long"]);
  lines.log("stays");
  lines.show([]);
  const clear = (up: string) => `${up}\r\u001b[J`;
  const block = "a\na line that\n";
  assert.equal(screen.text, `${clear("")}${block}${clear("\u001b[2A")}stays\n${block}${clear("\u001b[2A")}`);
  const file = terminal(false);
  const plain = liveLines(file);
  plain.show(["a"]);
  plain.log("stays");
  assert.equal(file.text, "stays\n");
});

test("watchSweep() writes a line for each row that has ended", () => {
  const file = terminal(false);
  const states: RowState[] = rows.map((row) => ({ row, status: "waiting" }));
  const watch = watchSweep(sweep, states, file);
  for (const status of ["running", "ok"] as const) watch.onChange(Object.assign(states[4], { status, result }));
  watch.end();
  assert.equal(file.text, "[ 1/12] seed=5  score 0.5000, winner relu  2.0 s\n");
});

test("rowsAtOnce() heeds cores, threads and memory, and gives at least one", () => {
  const needs = { cores: 8, memory: 16e9, threads: 1, rowMemory: 1e9 };
  assert.equal(rowsAtOnce(needs), 8);
  assert.equal(rowsAtOnce({ ...needs, threads: 3 }), 2);
  assert.equal(rowsAtOnce({ ...needs, rowMemory: 5e9 }), 3);
  assert.equal(rowsAtOnce({ ...needs, threads: 16, rowMemory: 32e9 }), 1);
});
