import { spawnSync } from "node:child_process";

/** A job of Slurm, as a process within it sees it. */
export interface SlurmJob {
  cluster: string;
  id: string;
  /** How many times Slurm has started it anew, for instance because its node was lost. */
  restarts: number;
}

/** The job in which this process runs; undefined outside of Slurm. */
export function ownJob(env: NodeJS.ProcessEnv = process.env): SlurmJob | undefined {
  const { SLURM_JOB_ID: id, SLURM_CLUSTER_NAME: cluster = "", SLURM_RESTART_COUNT: restarts = "0" } = env;
  return id ? { cluster, id, restarts: Number(restarts) } : undefined;
}

/** Whether a job is an earlier start of this one: Slurm has then ended it, or lost its node. */
export function isEarlierStart(job: SlurmJob, own = ownJob()): boolean {
  return own !== undefined && own.cluster === job.cluster && own.id === job.id && job.restarts < own.restarts;
}

/** Whether a job of Slurm runs; undefined where that cannot be told: no Slurm here, another cluster, or no answer. */
export function isJobRunning({ cluster, id }: SlurmJob): boolean | undefined {
  if (cluster !== clusterHere()) return undefined;
  const { status, stdout, stderr } = say("squeue", ["--noheader", "--array", "--format=%A|%T", "--jobs", id]);
  if (status !== 0) return /invalid job id/i.test(stderr) ? false : undefined;
  const states = stdout.split("\n").flatMap((line) => (line.startsWith(`${id}|`) ? [line.slice(id.length + 1)] : []));
  return states.some((state) => !isQueuedState(state));
}

/** Whether Slurm's word for the state of a job says that it waits, for the first time or again. */
export function isQueuedState(state: string): boolean {
  return /^(PENDING|REQUEUE|SPECIAL_EXIT|RESV_DEL_HOLD)/.test(state);
}

const LONGEST = 15_000; // ms that an answer may take

function clusterHere(): string | undefined {
  const { status, stdout } = say("scontrol", ["show", "config"]);
  return status === 0 ? /^ClusterName\s*=\s*(\S+)/m.exec(stdout)?.[1] : undefined;
}

function say(program: string, words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8", timeout: LONGEST });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}
