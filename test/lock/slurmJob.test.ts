import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { folderHolder, takeFolder } from "../../lib/lock/folderLock";
import { isEarlierStart, isJobRunning, ownJob } from "../../lib/lock/slurmJob";
import { newFolder } from "../sweep/samples";

const { folder, remove } = newFolder();
const { PATH } = process.env;
after(() => {
  process.env.PATH = PATH;
  for (const name of JOB) delete process.env[name];
  remove();
});

const JOB = ["SLURM_JOB_ID", "SLURM_CLUSTER_NAME", "SLURM_RESTART_COUNT"];
const job = { cluster: "c", id: "17", restarts: 0 };

/** Slurm's commands, with a queue that squeue prints. */
function queueOf(lines: string[], code = 0): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  write("squeue", code === 0 ? `echo '${lines.join("\n")}'` : `echo '${lines.join("\n")}' >&2; exit ${code}`);
  write("scontrol", "echo 'ClusterName             = c'");
  process.env.PATH = `${join(folder, "bin")}:${PATH}`;
}

/** Takes a row as a process on another machine in this job. */
function heldElsewhere(name: string, own: typeof job): string {
  const row = join(folder, name);
  takeFolder(row);
  const [file] = readdirSync(row).map((entry) => join(row, entry));
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), host: "elsewhere", job: own }));
  return row;
}

test("ownJob() tells the job of Slurm in which a process runs", () => {
  assert.equal(ownJob({}), undefined);
  const env = { SLURM_JOB_ID: "17", SLURM_CLUSTER_NAME: "c" };
  assert.deepEqual(ownJob(env), job);
  const own = ownJob({ ...env, SLURM_RESTART_COUNT: "2" })!;
  assert.deepEqual(own, { ...job, restarts: 2 });
  assert.ok(isEarlierStart(job, own));
  for (const other of [own, { ...job, id: "18" }, { ...job, cluster: "d" }]) assert.ok(!isEarlierStart(other, own));
});

const onWindows = { skip: process.platform === "win32" && "Slurm is not there" };
test("isJobRunning() asks Slurm, and cannot tell where that does not answer or is another one", onWindows, () => {
  process.env.PATH = folder;
  assert.equal(isJobRunning(job), undefined);
  const answers: [lines: string[], code: number, wanted: boolean | undefined][] = [
    [["17|RUNNING"], 0, true],
    [["17|COMPLETING"], 0, true],
    [["17|PENDING", "18|RUNNING"], 0, false],
    [[], 0, false],
    [["slurm_load_jobs error: Invalid job id specified"], 1, false],
    [["slurm_load_jobs error: Unable to contact slurm controller"], 1, undefined],
  ];
  for (const [lines, code, wanted] of answers) {
    queueOf(lines, code);
    assert.equal(isJobRunning(job), wanted, lines.join());
  }
  assert.equal(isJobRunning({ ...job, cluster: "other" }), undefined);
});

test("takeFolder() takes over from another machine's job that Slurm does not run any more", onWindows, () => {
  queueOf(["17|RUNNING"]);
  const row = heldElsewhere("foreign", job);
  assert.equal(takeFolder(row), undefined);
  assert.equal(folderHolder(row)?.job?.id, "17");
  queueOf(["17|PENDING"]);
  const lock = takeFolder(row);
  assert.ok(lock);
  lock.release();
  assert.deepEqual(readdirSync(row), []);
});

test("takeFolder() takes over from an earlier start of its own job, which sees that it has lost the row", () => {
  const row = join(folder, "anew");
  Object.assign(process.env, { SLURM_JOB_ID: "17", SLURM_CLUSTER_NAME: "c" });
  const first = takeFolder(row)!;
  assert.equal(takeFolder(row), undefined, "another process of the same start");
  assert.equal(first.isLost(), false);
  process.env.SLURM_RESTART_COUNT = "1";
  const second = takeFolder(row);
  assert.ok(second);
  assert.deepEqual([first.isLost(), second.isLost()], [true, false]);
  second.release();
});
