import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { after, before, test } from "node:test";
import { isAlive } from "../demo/workers/plantedTeam";
import { newDataProject, type Project } from "./project";

let project: Project;
before(() => void (project = newDataProject()));
after(() => project.remove());

/** A demo that runs and is asked all the while. */
interface Running {
  url: string;
  child: ChildProcess;
  /** Waits for what is said on stderr. */
  hears: (pattern: RegExp) => Promise<RegExpExecArray>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; look < 1500; look++) {
    if (await holds()) return;
    await pause(20);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Runs the demo with two workers until `act` is done, and collects the statuses of its answers. */
async function runTeam(act: (running: Running) => Promise<void>) {
  const statuses: number[] = [];
  let acted: Promise<void> | undefined;
  const ended = await project.run(
    ["demo", "--quick", "--port", "0", "--workers", "2"],
    (stdout, kill, child, sofar) => {
      const [, url] = /^open (\S+)\n/m.exec(stdout) ?? [];
      if (!url || acted) return;
      const hears = async (pattern: RegExp) => {
        await until(() => pattern.test(sofar.stderr), `${pattern} in ${sofar.stderr}`);
        return pattern.exec(sofar.stderr)!;
      };
      let over = false;
      const ask = async () => {
        for (; !over; await pause(10))
          statuses.push((await fetch(`${url}api/classify?example=1`, { method: "POST" })).status);
      };
      const asking = Promise.all([ask(), ask()]).catch(() => {}); // in the end there is no server any more
      acted = act({ url, child, hears }).finally(() => {
        over = true;
        if (child.exitCode === null) kill("SIGKILL");
        return asking;
      });
    },
  );
  await acted;
  return { ...ended, statuses };
}

const ended = (child: ChildProcess) => until(() => child.exitCode !== null || child.signalCode !== null, "the end");

test("npm run demo --workers replaces workers on SIGHUP and when they are killed, loses no call and leaves none", async () => {
  const { code, stderr, statuses } = await runTeam(async ({ url, child, hears }) => {
    const [, pids] = await hears(/Workers ([\d, ]+) answer/);
    process.kill(child.pid!, "SIGHUP");
    await hears(/All workers are replaced/);
    const [, killed, earlier] = await hears(/Worker (\d+) serves in place of (\d+)/);
    assert.ok(pids.split(", ").includes(earlier) && !isAlive(Number(earlier)));
    process.kill(Number(killed), "SIGKILL");
    await hears(new RegExp(`Worker ${killed} has ended \\(SIGKILL\\); another one takes its place`));
    const ready = async () => ((await (await fetch(`${url}readyz`)).json()) as { ready: number }).ready;
    await until(async () => (await ready()) === 2, "a whole team");
    process.kill(child.pid!, "SIGTERM");
    await ended(child);
  });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Training the classifier/);
  assert.ok(statuses.length > 5);
  assert.deepEqual(new Set(statuses), new Set([200]));
  const pids = Array.from(stderr.matchAll(/Workers? ([\d, ]+)/g), ([, list]) => list.split(", ").map(Number)).flat();
  assert.ok(pids.length >= 4 && pids.every((pid) => !isAlive(pid)), stderr);
});

test("npm run demo --workers leaves no worker where it is killed itself", async () => {
  const { stderr } = await runTeam(async ({ child, hears }) => {
    const [, pids] = await hears(/Workers ([\d, ]+) answer/);
    process.kill(child.pid!, "SIGKILL");
    await until(() => pids.split(", ").every((pid) => !isAlive(Number(pid))), "the end of all workers");
  });
  assert.doesNotMatch(stderr, /Training/);
});
