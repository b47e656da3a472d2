import { closeSync, openSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PageFiles } from "../demo/api";
import { teamApp } from "../demo/operations/teamApp";
import { startProcess } from "../demo/workers/channel";
import { startTeam, type Team } from "../demo/workers/team";
import { projectRoot } from "../files";
import type { DemoAsked, Served } from "./demoAsked";

/** The demo over worker processes. */
export interface TeamAsked extends DemoAsked {
  workers: number;
}

const PROGRAM = path.join(projectRoot, "lib", "demo", "workers", "program.ts");

/** Milliseconds after which open requests are cut off when the server ends. */
const PARTING = 10_000;

/** Serves the demo with models in worker processes, which are replaced one by one on SIGHUP. */
export async function serveByTeam(asked: TeamAsked, page: Promise<PageFiles>): Promise<Served> {
  const { workers: count, quick, log, signal } = asked;
  const threads = Math.max(1, Math.floor(availableParallelism() / count));
  const start = () => startProcess({ program: PROGRAM, args: quick ? ["--quick"] : [], threads });
  const team = await startTeam({ ...asked, count, start });
  const served = teamApp(team, { ...asked, page: await page });
  const stopHearing = restartOnHangup(team, { log, isOver: () => signal?.aborted ?? false });
  const pids = team.members().map(({ worker }) => worker?.id);
  log(`Workers ${pids.join(", ")} answer; kill -HUP ${process.pid} replaces them one by one.`);
  return {
    app: served.app,
    async drain() {
      served.stop();
      const end = performance.now() + PARTING;
      while (served.open > 0 && performance.now() < end) await pause(50);
    },
    async close() {
      stopHearing();
      await team.close();
    },
  };
}

/**
 * A terminal that is closed sends the same signal: then the server ends by it, as one without workers does, and its workers
 * with it.
 */
function restartOnHangup(team: Team, { log, isOver }: { log: (line: string) => void; isOver: () => boolean }) {
  const onHangup = async () => {
    await pause(100); // until the terminal has gone
    if (isOver()) return;
    if (terminalIsGone()) {
      process.off("SIGHUP", listener);
      return void process.kill(process.pid, "SIGHUP");
    }
    log("The workers are replaced, one by one …");
    await team.restart().then(
      () => log("All workers are replaced."),
      (error: Error) => log(`The workers are not replaced: ${error.message}`),
    );
  };
  const listener = () => void onHangup();
  process.on("SIGHUP", listener);
  return () => void process.off("SIGHUP", listener);
}

/** Whether there was a terminal and there is none any more. */
function terminalIsGone(): boolean {
  if (!process.stdout.isTTY && !process.stderr.isTTY) return false;
  try {
    closeSync(openSync("/dev/tty", "r"));
    return false;
  } catch {
    return true;
  }
}
