import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../lib/runner/freePorts";
import { pause } from "../../lib/runner/within";

/** Why tests of Slurm are left out, or false: they take minutes, so ATELIER_NEED_SLURM must ask for them. */
export const skip = process.env.ATELIER_NEED_SLURM
  ? false
  : "ATELIER_NEED_SLURM=1 runs it, as root and with Slurm installed";

/** Slurm on this machine alone: a controller and three nodes of eight cores, n1 to n3, with short timers. */
export interface SlurmCluster {
  /** What a process needs in its environment to speak to it. */
  env: { SLURM_CONF: string };
  /** What one of Slurm's commands prints. */
  call(program: string, ...words: string[]): string;
  /** Loses a node: its daemon and all that runs on it are killed at once. */
  killNode(name: string): void;
  /** Kills a node's daemon alone: what runs there goes on, and Slurm does not see it. */
  killDaemon(name: string): void;
  startNode(name: string): void;
  /** Kills the controller. */
  killController(): Promise<void>;
  /** Starts it, with what it knew. */
  startController(): void;
  /** Waits until as many nodes answer. */
  ready(nodes: number): Promise<void>;
  remove(): Promise<void>;
}

/** Starts one in a temporary folder, on free ports of the loopback. To be called as root. */
export async function startCluster(): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), "atelier-slurm-"));
  const file = join(folder, "slurm.conf");
  for (const name of ["state", ...NODES]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o600 });
  writeFileSync(file, configuration(folder, await freePorts(1 + NODES.length)));
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, SLURM_CONF: file };
  const daemons = new Map<string, ChildProcess>();
  const start = (name: string, program: string, words: string[]) => {
    const log = openSync(join(folder, `${name}.out`), "a");
    daemons.set(name, spawn(program, words, { cwd: folder, env, stdio: ["ignore", log, log] }));
  };
  const call = (program: string, ...words: string[]) =>
    execFileSync(program, words, { env, encoding: "utf8", timeout: 30_000 });
  const cluster: SlurmCluster = {
    env: { SLURM_CONF: file },
    call,
    killNode(name) {
      daemons.get(name)?.kill("SIGKILL");
      killAll([...stepsOn(name, call), ...processesOf(folder, name)]);
    },
    killDaemon: (name) => void daemons.get(name)?.kill("SIGKILL"),
    startNode: (name) => start(name, "slurmd", ["-D", "-N", name]),
    killController: () => ended(daemons.get("controller"), "SIGKILL"),
    startController: () => start("controller", "slurmctld", ["-D"]),
    async ready(nodes) {
      for (let left = 600; !hasNodes(call, nodes); left--) {
        if (left === 0) throw new Error(`Slurm has not started: ${logs(folder)}`);
        if (left % 20 === 0) resumeDrained(call);
        await pause(0.1);
      }
    },
    async remove() {
      const steps = NODES.flatMap((name) => stepsOn(name, call));
      for (const daemon of daemons.values()) await ended(daemon, "SIGKILL");
      killAll([...steps, ...NODES.flatMap((name) => processesOf(folder, name))]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  start("munge", "munged", ["--foreground", "--force", ...mungeFiles(folder)]);
  cluster.startController();
  for (const name of NODES) cluster.startNode(name);
  await cluster.ready(NODES.length);
  return cluster;
}

const NODES = ["n1", "n2", "n3"];

function mungeFiles(folder: string): string[] {
  const files = { key: "munge.key", pid: "munge.pid", log: "munge.log", seed: "munge.seed" };
  const words = Object.entries(files).map(([name, file]) => `--${name}-file=${join(folder, file)}`);
  return [...words, `--socket=${join(folder, "munge.socket")}`];
}

/** Without cgroups, which a container may not have; a node that says nothing for six seconds is lost. */
function configuration(folder: string, [controller, ...ports]: number[]): string {
  const nodes = NODES.map(
    (name, index) =>
      `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${ports[index]} CPUs=8 RealMemory=8000 State=UNKNOWN`,
  );
  return `ClusterName=atelier
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${join(folder, "munge.socket")},cred_expire=5
CredType=cred/munge
StateSaveLocation=${join(folder, "state")}
SlurmdSpoolDir=${join(folder, "%n")}
SlurmctldPidFile=${join(folder, "slurmctld.pid")}
SlurmdPidFile=${join(folder, "%n.pid")}
SlurmctldLogFile=${join(folder, "slurmctld.log")}
SlurmdLogFile=${join(folder, "%n.log")}
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmdTimeout=6
MessageTimeout=5
KillWait=20
MaxArraySize=5
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
${nodes.join("\n")}
PartitionName=main Nodes=${NODES.join()} Default=YES State=UP PriorityTier=1
PartitionName=last Nodes=${NODES.at(-1)} State=UP PriorityTier=1
PartitionName=urgent Nodes=${NODES.join()} State=UP PriorityTier=2 PreemptMode=OFF
`;
}

function hasNodes(call: SlurmCluster["call"], count: number): boolean {
  try {
    return call("sinfo", "-h", "-N", "-p", "main", "-o", "%T").match(/^(idle|mixed|allocated)$/gm)?.length === count;
  } catch {
    return false; // the controller is not there yet
  }
}

/** A controller that was killed may not know a job that a node has: it drains that node, until an administrator resumes it. */
function resumeDrained(call: SlurmCluster["call"]): void {
  try {
    const states = call("sinfo", "-h", "-N", "-p", "main", "-o", "%N %T").matchAll(/^(\w+) drain/gm);
    for (const [, name] of states) call("scontrol", "update", `NodeName=${name}`, "State=RESUME");
  } catch {
    // the controller is not there yet
  }
}

function logs(folder: string): string {
  const names = readdirSync(folder).filter((name) => /\.(out|log)$/.test(name));
  return names.map((name) => `${name}: ${readFileSync(join(folder, name), "utf8").slice(-2000)}`).join("\n");
}

/** The processes that watch over the jobs of a node: they live on without its daemon. */
function stepsOn(node: string, call: SlurmCluster["call"]): number[] {
  const jobs = runningJobs(node, call).map((id) => `slurmstepd: [${id}.`);
  return processes().filter((pid) => jobs.some((title) => readProcess(pid, "cmdline").startsWith(title)));
}

function runningJobs(node: string, call: SlurmCluster["call"]): string[] {
  try {
    return call("squeue", "-h", "-r", "-w", node, "-o", "%A").split("\n").filter(Boolean);
  } catch {
    return []; // the controller is gone
  }
}

/** What runs in jobs of a node of this cluster. */
function processesOf(folder: string, node: string): number[] {
  const marks = [`SLURMD_NODENAME=${node}`, `SLURM_CONF=${join(folder, "slurm.conf")}`];
  return processes().filter((pid) => {
    const variables = readProcess(pid, "environ").split("\0");
    return marks.every((mark) => variables.includes(mark));
  });
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Boolean);
}

function readProcess(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

function killAll(pids: number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended
    }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exit;
}
