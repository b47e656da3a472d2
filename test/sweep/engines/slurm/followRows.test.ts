import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { EngineOptions } from "../../../../lib/sweep/engines/engine";
import type { CallSlurm } from "../../../../lib/sweep/engines/slurm/callSlurm";
import { followRows } from "../../../../lib/sweep/engines/slurm/followRows";
import { SlurmError } from "../../../../lib/sweep/engines/slurm/slurmError";
import type { SlurmSettings } from "../../../../lib/sweep/engines/slurm/slurmSettings";
import { takeFolder } from "../../../../lib/lock/folderLock";
import { firstStates, type RowState } from "../../../../lib/sweep/runSweep";
import type { SweepRow } from "../../../../lib/sweep/sweepFolder";
import { newFolder, rowsOf, writeReport } from "../../samples";

const { folder, remove } = newFolder();
after(remove);

const ok = { status: "ok", seconds: 1, metrics: { score: 3 } } as const;
const failed = { ...ok, status: "failed", error: "Error: on purpose" } as const;

/** What squeue says of a task: its state, and its reason or node. */
type Said = [state: string, detail?: string];

/**
 * A sweep in a folder of its own, and Slurm played by `turns`: one for each look, which gives the tasks of each array by its
 * number, and may do what a task would do. An array that is not given is not listed.
 */
function newSweep(
  name: string,
  count: number,
  { atOnce, slurm, most = 100, refusals = [] }: { atOnce?: number; slurm?: SlurmSettings; most?: number; refusals?: SlurmError[] } = {}, // prettier-ignore
) {
  const rows = rowsOf(count);
  const folderOf = ({ id }: SweepRow) => join(folder, name, id);
  const states = firstStates(rows, folderOf);
  const [stop, hurry] = [new AbortController(), new AbortController()];
  const said: string[] = [];
  const calls: string[] = [];
  const scripts: string[] = [];
  const options: EngineOptions = {
    ...{ name, sweepFolder: join(folder, name), folderOf, atOnce, rowMemory: 2 ** 30, slurm },
    ...{ titleOf: ({ parameters }) => `seed=${String(parameters.seed)}`, fresh: false, runs: folder },
    how: { notebook: "n.ipynb", threads: 2, code: "c", signal: stop.signal, hurry: hurry.signal },
    onChange: ({ row, status, place }) => said.push([row.id, status, place].filter(Boolean).join(" ")),
    log: (line) => said.push(line),
  };
  const go = (turns: (() => Record<string, Said[]>)[]) => {
    const call: CallSlurm = async (program, words) => {
      if (program === "squeue") return listing((turns.shift() ?? (() => ({})))(), scripts);
      calls.push([program, ...words.map((word) => word.replace(folder, ""))].join(" "));
      const refusal = program === "sbatch" ? refusals.shift() : undefined;
      if (refusal) throw refusal;
      return program === "sbatch" ? `${scripts.push(words.at(-1)!)}\n` : "";
    };
    return followRows(states, options, { call, most, look: 0.01 });
  };
  const report = (index: number, result: Parameters<typeof writeReport>[1]) =>
    writeReport(folderOf(rows[index]), result);
  return { rows, states, folderOf, stop, hurry, said, calls, scripts, go, report };
}

function listing(arrays: Record<string, Said[]>, scripts: string[]): string {
  const lines = Object.entries(arrays).flatMap(([array, tasks]) =>
    tasks.map(([state, detail = ""], index) => {
      const [reason, node] = state === "PENDING" ? [detail, ""] : ["None", detail];
      const since = state === "PENDING" ? "N/A" : "2026-11-30T01:18:35";
      return [array, index, state, reason, node, since, scripts[Number(array) - 1]].join("|");
    }),
  );
  return lines.join("\n");
}

const statuses = (states: RowState[]) => states.map(({ status }) => status);

test("followRows() submits what waits as one array and follows it to the end", async () => {
  const { states, go, said, calls, report } = newSweep("plain", 3);
  await go([
    () => ({}),
    () => ({ 1: [["RUNNING", "n1"], ["RUNNING", "n2"], ["PENDING", "Resources"]] }), // prettier-ignore
    () => {
      report(0, ok);
      report(1, failed);
      return { 1: [["COMPLETED", "n1"], ["FAILED", "n2"], ["RUNNING", "n1"]] }; // prettier-ignore
    },
    () => {
      report(2, ok);
      return {};
    },
  ]);
  assert.deepEqual(calls, ["sbatch --parsable /plain/slurm-1/submit.sh"]);
  assert.deepEqual(statuses(states), ["ok", "failed", "ok"]);
  assert.equal(states[1].error, "Error: on purpose");
  assert.match(said.shift()!, /^array 1: 3 rows, submitted by .*\/plain\/slurm-1\/submit\.sh$/);
  assert.deepEqual(
    said.filter((line) => line !== "row-1 waiting" && line !== "row-2 waiting" && line !== "row-3 waiting"),
    ["row-1 running n1", "row-2 running n2", "row-3 waiting Resources", "row-1 ok n1", "row-2 failed n2"].concat(
      ...["row-3 running n1", "row-3 ok n1"],
    ),
  );
});

test("followRows() tells that a row is put back into the queue, and why Slurm lets rows wait that may wait for ever", async () => {
  const { go, said, report } = newSweep("requeued", 1);
  await go([
    () => ({}),
    () => ({ 1: [["PENDING", "PartitionConfig"]] }),
    () => ({ 1: [["PENDING", "PartitionConfig"]] }),
    () => ({ 1: [["RUNNING", "n1"]] }),
    () => ({ 1: [["PENDING", "BeginTime"]] }),
    () => {
      report(0, ok);
      return { 1: [["COMPLETED", "n2"]] };
    },
  ]);
  assert.deepEqual(
    said.slice(1).filter((line) => !line.startsWith("row-1")),
    [
      "Slurm lets rows wait: PartitionConfig; scontrol show job 1 tells more",
      "seed=1 waits again: Slurm has put it back into the queue",
    ],
  );
});

test("followRows() says how Slurm ended rows that left no report", async () => {
  const { states, go, scripts } = newSweep("ends", 6);
  await go([
    () => ({}),
    () => {
      writeFileSync(join(scripts[0], "..", "task-1.txt"), "first\nENOSPC: no space left on device\n");
      const ends: Said[] = [["TIMEOUT", "n1"], ["FAILED", "n1"], ["FAILED", "n2"], ["CANCELLED", "n1"], ["OUT_OF_MEMORY", "n1"]]; // prettier-ignore
      return { 1: ends };
    },
  ]);
  assert.deepEqual(
    states.map(({ status, error }) => `${status}: ${error}`),
    [
      "failed: TIMEOUT on n1; Slurm's time limit is over; give more, as in --sbatch=--time=2:00:00",
      "failed: FAILED on n1: ENOSPC: no space left on device",
      "failed: FAILED on n2 before it wrote a line; all nodes must share the project's folder and have Node where this machine has it",
      "interrupted: CANCELLED on n1",
      "failed: OUT_OF_MEMORY on n1; give more --memory",
      "failed: ended by Slurm, which does not list its task any more",
    ],
  );
});

test("followRows() follows rows that Slurm has already, submits only the others, and leaves those alone at Ctrl-C", async () => {
  const first = newSweep("again", 3, { slurm: { detach: true } });
  await first.go([() => ({})]);
  const second = newSweep("again", 4);
  second.scripts.push(...first.scripts);
  const running: Said[] = [["RUNNING", "n1"], ["PENDING", "Priority"], ["PENDING", "Priority"]]; // prettier-ignore
  await second.go([
    () => ({ 1: running }),
    () => {
      second.stop.abort();
      return { 1: running, 2: [["RUNNING", "n2"]] };
    },
    () => {
      second.report(3, { ...ok, status: "interrupted" });
      return { 1: running, 2: [["FAILED", "n2"]] };
    },
  ]);
  assert.deepEqual(second.calls, ["sbatch --parsable /again/slurm-2/submit.sh", "scancel --signal=INT --batch 2_0"]);
  assert.equal(second.said[0], "array 1 of an earlier start is followed; Ctrl-C leaves it running, scancel 1 ends it");
  assert.deepEqual([second.states[3].status, second.states[3].error], ["interrupted", undefined]);
  assert.equal(second.states[1].status, "waiting");
});

test("followRows() takes queued rows out at Ctrl-C, asks running ones once, and again in a hurry", async () => {
  const { states, go, calls, stop, hurry } = newSweep("asked", 3);
  const tasks = (): Record<string, Said[]> => ({ 1: [["RUNNING", "n1"], ["RUNNING", "n1"], ["PENDING", "Priority"]] }); // prettier-ignore
  const later = (): Record<string, Said[]> => ({ 1: [["RUNNING", "n1"], ["CANCELLED", "n1"], ["CANCELLED"]] }); // prettier-ignore
  await go([
    () => ({}),
    tasks,
    () => {
      stop.abort();
      return tasks();
    },
    later,
    () => {
      hurry.abort();
      return later();
    },
    later,
    () => ({ 1: [["CANCELLED", "n1"], ["CANCELLED", "n1"], ["CANCELLED"]] }), // prettier-ignore
  ]);
  assert.deepEqual(calls.slice(1), [
    "scancel 1_2",
    "scancel --signal=INT --batch 1_0 1_1",
    "scancel --signal=INT --batch 1_0",
  ]);
  assert.deepEqual(statuses(states), ["interrupted", "interrupted", "waiting"]);
});

test("followRows() waits for a row that another process runs, and submits it where that leaves it unfinished", async () => {
  const { rows, states, folderOf, go, calls, report, said } = newSweep("shared", 2);
  const locks = rows.map((row) => takeFolder(folderOf(row))!);
  await go([
    () => ({}),
    () => {
      report(0, ok);
      locks.forEach((lock) => lock.release());
      return {};
    },
    () => {
      report(1, ok);
      return { 1: [["COMPLETED", "n1"]] };
    },
  ]);
  assert.deepEqual(said.slice(0, 3), ["row-1 elsewhere", "row-2 elsewhere", "row-1 kept"]);
  assert.deepEqual(calls, ["sbatch --parsable /shared/slurm-1/submit.sh"]);
  assert.deepEqual(statuses(states), ["kept", "ok"]);
});

test("followRows() ends where Slurm refuses a row that another process has left, and tries again where it does not answer", async () => {
  const left = (refusals: SlurmError[]) => {
    const sweep = newSweep(`left-${refusals.length}`, 1, { refusals });
    const lock = takeFolder(sweep.folderOf(sweep.rows[0]))!;
    const release = () => (lock.release(), {});
    const end = () => (sweep.stop.abort(), {}); // nothing may be left to follow by then
    return { ...sweep, ended: sweep.go([() => ({}), release, () => ({}), end]) };
  };
  const refused = new SlurmError("There is no such partition");
  const { ended, calls } = left([refused]);
  await assert.rejects(ended, refused);
  assert.equal(calls.length, 1);
  const again = left([new SlurmError("Slurm is away", true), refused]);
  await assert.rejects(again.ended, refused);
  assert.deepEqual(again.said.slice(1), ["Slurm is away; what runs goes on", "Slurm answers again"]);
});

test("followRows() splits what is more than an array may hold; with a limit one array waits for the other", async () => {
  const { go, calls, scripts } = newSweep("split", 5, { atOnce: 2, most: 2, slurm: { detach: true } });
  await go([() => ({})]);
  assert.deepEqual(calls, [
    "sbatch --parsable /split/slurm-1/submit.sh",
    "sbatch --parsable --dependency=afterany:1 /split/slurm-2/submit.sh",
    "sbatch --parsable --dependency=afterany:2 /split/slurm-3/submit.sh",
  ]);
  assert.equal(scripts.length, 3);
});

test("followRows() goes on when Slurm does not answer for a while, and ends where it takes nothing", async () => {
  const { go, said, report, states } = newSweep("away", 1);
  const away = () => {
    throw new SlurmError("Slurm is away", true);
  };
  await go([
    () => ({}),
    away,
    away,
    () => {
      report(0, ok);
      return { 1: [["COMPLETED", "n1"]] };
    },
  ]);
  assert.deepEqual(
    said.filter((line) => line.includes("Slurm")),
    ["Slurm is away; what runs goes on", "Slurm answers again"],
  );
  assert.equal(states[0].status, "ok");
  await assert.rejects(newSweep("gone", 1).go([away]), /^Error: Slurm is away$/);
});

test("followRows() forgets how a row ended before it is submitted again", async () => {
  const { go, states, report } = newSweep("old", 1);
  report(0, failed);
  await go([() => ({}), () => ({ 1: [["TIMEOUT", "n1"]] })]);
  assert.match(states[0].error!, /^TIMEOUT on n1;/);
});

test("followRows() takes a row that has ended out of the queue where Slurm holds it as one that could not begin", async () => {
  const { go, states, calls, report } = newSweep("held", 2);
  await go([
    () => ({}),
    () => ({
      1: [
        ["RUNNING", "n1"],
        ["PENDING", "launch failed requeued held"],
      ],
    }),
    () => {
      report(0, ok);
      return {
        1: [
          ["PENDING", "launch failed requeued held"],
          ["PENDING", "launch failed requeued held"],
        ],
      };
    },
    () => {
      report(1, ok);
      return {
        1: [
          ["CANCELLED", "n1"],
          ["COMPLETED", "n1"],
        ],
      };
    },
  ]);
  assert.deepEqual(
    states.map(({ status }) => status),
    ["ok", "ok"],
  );
  assert.deepEqual(
    calls.filter((call) => call.startsWith("scancel")),
    ["scancel 1_0"],
  );
});
