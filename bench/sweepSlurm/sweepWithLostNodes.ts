import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPORT } from "../../lib/sweep/rowResult";
import { rowFolder, sweepFolder } from "../../lib/sweep/sweepFolder";
import type { Project } from "../../test/commands/project";
import { startCluster } from "../../test/engines/slurmCluster";
import { copyProject, type EndedRow, readRows } from "../workers/benchProject";

const NAME = "seeds";
const AT_ONCE = 2; // rows, here and there
const FOUND_AGAIN = 60; // s in which Slurm sees that a node is lost

/** Runs the rows here and on Slurm, and prints a table. Gives whether no row was lost or done twice, with the same numbers. */
export async function sweepWithLostNodes(rows: number): Promise<boolean> {
  const words = ["sweep", "02", "--quick", "-p", `seed=1..${rows}`, "--name", NAME, "--at-once", String(AT_ONCE)];
  const [near, far] = [copyProject(), copyProject()];
  const cluster = await startCluster();
  try {
    const here = await timed(() => near.run(words));
    process.env.SLURM_CONF = cluster.env.SLURM_CONF;
    const told: string[] = [];
    const there = await timed(() =>
      far.run([...words, "--engine", "slurm"], (stdout) => loseNodes(stdout, rows, told)),
    );
    for (const line of told) console.log(line);
    return report({ here, there }, { near, far });
  } finally {
    await cluster.remove();
    near.remove();
    far.remove();
  }

  /** At a third of the rows, and at two thirds. */
  function loseNodes(stdout: string, count: number, told: string[]): void {
    const ended = stdout.match(/^\[/gm)?.length ?? 0;
    if (told.length === 0 && ended >= count / 3) {
      const [lost] = cluster.call("squeue", "-h", "-t", "RUNNING", "-o", "%N").split("\n");
      told.push(`${ended} rows in, node ${lost} is lost`);
      cluster.killNode(lost);
      setTimeout(() => cluster.startNode(lost), FOUND_AGAIN * 1000).unref();
    } else if (told.length === 1 && ended >= (2 * count) / 3) {
      const [cutOff] = cluster.call("squeue", "-h", "-t", "RUNNING", "-o", "%N").split("\n");
      told.push(`${ended} rows in, the daemon of node ${cutOff} is killed`);
      cluster.killDaemon(cutOff);
    }
  }
}

interface Timed {
  seconds: number;
  stdout: string;
}

async function timed(run: () => ReturnType<Project["run"]>): Promise<Timed> {
  const start = performance.now();
  const { stdout, stderr } = await run();
  console.log(stdout + stderr);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

function report(
  { here, there }: Record<"here" | "there", Timed>,
  { near, far }: Record<"near" | "far", Project>,
): boolean {
  const [own, others] = [readRows(near, NAME), readRows(far, NAME)];
  const done = donePerRow(far);
  const lost = others.filter(({ status }) => status !== "ok");
  const twice = own.filter(({ id }) => (done.get(id) ?? 0) > 1);
  const differing = own.filter(({ numbers }, row) => others[row].numbers !== numbers);
  const reused = own.filter(({ id }) => reusedEpochs(far, id) > 0);
  const again = there.stdout.match(/waits again|begins anew/g)?.length ?? 0;
  console.log(
    `rows ${own.length}, lost ${lost.length}, done twice ${twice.length}, differing numbers ${differing.length}`,
  );
  console.log(`put back into the queue ${again}, of them taken up from a checkpoint ${reused.length}`);
  for (const [name, { seconds }, results] of [
    ["local", here, own],
    ["slurm", there, others],
  ] as const)
    // prettier-ignore
    console.log(`${name}: ${seconds.toFixed(0)} s, overhead a row ${overhead(seconds, results).toFixed(2)} s`);
  return lost.length + twice.length + differing.length === 0;
}

/** Epochs that a row has taken from its checkpoint. */
function reusedEpochs({ folder }: Project, id: string): number {
  try {
    const report = readFileSync(join(rowFolder(join(folder, "runs"), id), REPORT), "utf8");
    return JSON.parse(report).notebooks[0].reusedEpochs ?? 0;
  } catch {
    return 0; // it is lost
  }
}

/** How many times the tasks of each row say that it has ended well. */
function donePerRow({ folder }: Project): Map<string, number> {
  const sweep = sweepFolder(join(folder, "runs"), NAME);
  const files = (readdirSync(sweep, { recursive: true }) as string[]).filter((name) => /task-\d+\.txt$/.test(name));
  const done = new Map<string, number>();
  for (const name of files)
    for (const [, id] of readFileSync(join(sweep, name), "utf8").matchAll(/^Row (\w+) has ended: ok$/gm))
      done.set(id, (done.get(id) ?? 0) + 1);
  return done;
}

/** Seconds for each row that its notebook did not run: of the wall, with the rows at a time. */
function overhead(seconds: number, results: EndedRow[]): number {
  const ran = results.reduce((sum, result) => sum + result.seconds, 0);
  return (seconds * AT_ONCE - ran) / results.length;
}
