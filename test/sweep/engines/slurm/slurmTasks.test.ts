import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { saveSubmission } from "../../../../lib/sweep/engines/slurm/submission";
import { isOver, isQueued, listTasks, parseTasks, tasksOfRows } from "../../../../lib/sweep/engines/slurm/slurmTasks";
import { newFolder, rowsOf } from "../../samples";

const { folder, remove } = newFolder();
after(remove);

test("parseTasks() reads what squeue prints, and leaves out what is no array or has no script", () => {
  const tasks = parseTasks(
    [
      "17|3|PENDING|JobArrayTaskLimit||N/A|/a|b/slurm-1/submit.sh",
      "17|0|RUNNING|None|n1|2026-11-30T01:18:35|/s/slurm-1/submit.sh",
      "18|N/A|RUNNING|None|n1|2026-11-30T01:18:35|/s/slurm-1/submit.sh",
      "19|0|RUNNING",
      "",
    ].join("\n"),
  );
  assert.deepEqual(tasks, [
    { array: 17, index: 3, state: "PENDING", reason: "JobArrayTaskLimit", node: "", folder: "/a|b/slurm-1" },
    {
      ...{ array: 17, index: 0, state: "RUNNING", reason: "None", node: "n1", folder: "/s/slurm-1" },
      since: Date.parse("2026-11-30T01:18:35"),
    },
  ]);
});

test("a task waits, runs or has ended, by Slurm's word", () => {
  const told = (state: string) => {
    const task = { ...parseTasks("1|0|x|None|n1|N/A|/s/a.sh")[0], state };
    return isQueued(task) ? "queued" : isOver(task) ? "over" : "running";
  };
  const words = ["PENDING", "REQUEUED", "REQUEUE_HOLD", "CONFIGURING", "COMPLETING", "SUSPENDED", "COMPLETED", "TIMEOUT", "NODE_FAIL"]; // prettier-ignore
  assert.deepEqual(words.map(told), ["queued", "queued", "queued", "running", "running", "running", "over", "over", "over"]); // prettier-ignore
});

test("listTasks() asks for this user's tasks and keeps those of the sweep", async () => {
  const asked: string[] = [];
  const tasks = await listTasks(async (program, words) => {
    asked.push([program, ...words].join(" "));
    return "1|0|RUNNING|None|n1|N/A|/runs/sweeps/a/slurm-1/submit.sh\n2|0|RUNNING|None|n1|N/A|/runs/sweeps/b/slurm-1/submit.sh\n";
  }, "/runs/sweeps/a");
  assert.deepEqual(
    tasks.map(({ array }) => array),
    [1],
  );
  assert.match(asked[0], /^squeue --noheader --array --states=all --user \d+ --format=/);
});

test("tasksOfRows() finds the task of each row: one that runs, else that of the last array", () => {
  const how = { notebook: "n.ipynb", threads: 1 };
  const needs = { name: "s", titles: ["a", "b"], threads: 1, memory: 1, settings: {} };
  const scripts = [0, 1].map(() => saveSubmission(folder, { how, rows: rowsOf(2) }, needs));
  assert.deepEqual(scripts, [join(folder, "slurm-1", "submit.sh"), join(folder, "slurm-2", "submit.sh")]);
  const line = (array: number, index: number, state: string) =>
    [array, index, state, "None", "n1", "N/A", scripts[array - 1]].join("|");
  const tasks = parseTasks(
    [line(1, 0, "RUNNING"), line(2, 0, "FAILED"), line(1, 1, "FAILED"), line(2, 1, "TIMEOUT"), line(2, 7, "RUNNING")]
      .concat("3|0|RUNNING|None|n1|N/A|/gone/slurm-1/submit.sh")
      .join("\n"),
  );
  const found = Array.from(tasksOfRows(tasks), ([id, { array, state }]) => `${id} ${array} ${state}`);
  assert.deepEqual(found, ["row-1 1 RUNNING", "row-2 2 TIMEOUT"]);
});
