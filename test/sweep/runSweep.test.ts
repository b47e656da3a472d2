import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { takeFolder } from "../../lib/lock/folderLock";
import { firstStates, type RowState, runSweep, type SweepOptions } from "../../lib/sweep/runSweep";
import type { SweepRow } from "../../lib/sweep/sweepFolder";
import { newFolder, rowsOf, writeReport } from "./samples";

const { folder, remove } = newFolder();
after(remove);

/** A sweep of so many rows in a folder of its own, whose rows are run by `run`. */
function newSweep(name: string, count: number) {
  const rows = rowsOf(count);
  const folderOf = ({ id }: SweepRow) => join(folder, name, id);
  const states = firstStates(rows, folderOf);
  const go = (run: SweepOptions["run"], options: Partial<SweepOptions> = {}) =>
    runSweep(states, { folderOf, run, atOnce: 2, look: 0.01, ...options });
  return { rows, states, folderOf, go };
}

const ok = { status: "ok", seconds: 1, metrics: { score: 3 } } as const;
const statuses = (states: RowState[]) => states.map(({ status }) => status);
const later = () => new Promise((resolve) => setImmediate(resolve));

test("runSweep() runs each row once, no more at a time than it may, and a second time nothing", async () => {
  const { states, go, rows, folderOf } = newSweep("plain", 5);
  const ran: string[] = [];
  let running = 0;
  let most = 0;
  await go(async ({ id }, at) => {
    ran.push(id);
    most = Math.max(most, ++running);
    await later();
    writeReport(at.folder, ok);
    running--;
    return 0;
  });
  assert.deepEqual([ran, most], [rows.map(({ id }) => id), 2]);
  assert.deepEqual(statuses(states), Array(5).fill("ok"));
  assert.deepEqual(states[0].result, ok);
  assert.deepEqual(readdirSync(folderOf(rows[0])), ["report.json"], "no lock is left");

  const again = newSweep("plain", 6);
  assert.deepEqual(statuses(again.states), [...Array(5).fill("kept"), "waiting"]);
  await again.go(async ({ id }, at) => {
    assert.equal(id, "row-6");
    writeReport(at.folder, ok);
    return 0;
  });
  assert.deepEqual(statuses(again.states), [...Array(5).fill("kept"), "ok"]);
});

test("runSweep() tells what went wrong in a row and goes on", async () => {
  const { states, go } = newSweep("wrong", 5);
  await go(async ({ id }, at) => {
    if (id === "row-1") writeReport(at.folder, { ...ok, status: "failed", error: "Error: on purpose" });
    else if (id === "row-2") writeFileSync(join(at.folder, "log.txt"), "first\nENOSPC: no space left\n");
    else if (id === "row-3") throw new Error("spawn EAGAIN");
    else if (id === "row-5") return "SIGKILL";
    else writeReport(at.folder, ok);
    return id === "row-4" ? 0 : 1;
  });
  assert.deepEqual(statuses(states), ["failed", "failed", "failed", "ok", "failed"]);
  assert.deepEqual(
    states.map(({ error }) => error),
    ["Error: on purpose", "exit code 1: ENOSPC: no space left", "spawn EAGAIN", undefined, "ended by SIGKILL"],
  );
  assert.deepEqual(statuses(newSweep("wrong", 5).states), ["waiting", "waiting", "waiting", "kept", "waiting"]);
});

test("runSweep() starts no row after it is aborted, and leaves those that ran to the next start", async () => {
  const { states, go } = newSweep("aborted", 4);
  const stop = new AbortController();
  const run: SweepOptions["run"] = async ({ id }) => {
    if (id === "row-2") stop.abort();
    await later();
    return "SIGINT";
  };
  await go(run, { signal: stop.signal });
  assert.deepEqual(statuses(states), ["interrupted", "interrupted", "waiting", "waiting"]);
  assert.deepEqual(statuses(newSweep("aborted", 4).states), Array(4).fill("waiting"));
});

test("runSweep() waits for a row that another process runs, and takes it up where that left it", async () => {
  const { states, go, rows, folderOf } = newSweep("shared", 3);
  const locks = rows.slice(0, 2).map((row) => takeFolder(folderOf(row))!);
  const seen: string[] = [];
  const ran: string[] = [];
  await go(
    async ({ id }, at) => {
      ran.push(id);
      writeReport(at.folder, ok);
      return 0;
    },
    {
      onChange({ row, status }) {
        seen.push(`${row.id} ${status}`);
        if (row.id === "row-3" && status === "ok") {
          writeReport(folderOf(rows[0]), ok);
          locks.forEach((lock) => lock.release());
        }
      },
    },
  );
  assert.deepEqual(statuses(states), ["kept", "ok", "ok"]);
  assert.deepEqual(ran, ["row-3", "row-2"]);
  assert.ok(seen.includes("row-1 elsewhere") && seen.includes("row-2 elsewhere"), seen.join());
});

test("runSweep() does not run again what failed in another process meanwhile", async () => {
  const { states, go, rows, folderOf } = newSweep("failing", 1);
  const lock = takeFolder(folderOf(rows[0]))!;
  await go(() => assert.fail("it ran"), {
    onChange({ status }) {
      if (status !== "elsewhere") return;
      writeReport(folderOf(rows[0]), { ...ok, status: "failed", error: "Error: there" });
      lock.release();
    },
  });
  assert.deepEqual([states[0].status, states[0].error], ["failed", "Error: there"]);
});

test("runSweep() keeps rows waiting where there is no room, but for one", async () => {
  const { states, go } = newSweep("room", 3);
  let running = 0;
  await go(
    async (_, at) => {
      assert.equal(++running, 1);
      await later();
      running--;
      writeReport(at.folder, ok);
      return 0;
    },
    { hasRoom: () => false },
  );
  assert.deepEqual(statuses(states), Array(3).fill("ok"));
});

test("runSweep() fails a row whose folder cannot be made", async () => {
  const { states, go, folderOf, rows } = newSweep("blocked", 1);
  mkdirSync(join(folderOf(rows[0]), ".."), { recursive: true });
  writeFileSync(folderOf(rows[0]), "");
  await go(() => assert.fail("it ran"));
  assert.equal(states[0].status, "failed");
  assert.match(states[0].error!, /^E(EXIST|NOTDIR): /);
});
