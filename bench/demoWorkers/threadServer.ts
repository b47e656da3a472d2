import { availableParallelism } from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { teamApp } from "../../lib/demo/operations/teamApp";
import { buildPage } from "../../lib/demo/page/buildPage";
import { serve } from "../../lib/demo/serve";
import type { Channel } from "../../lib/demo/workers/channel";
import { startTeam } from "../../lib/demo/workers/team";
import { typeScriptLoader } from "../../lib/files";

/* The demo with workers that are threads of the server's process, beside which those that are processes are measured. */

const PROGRAM = path.join(__dirname, "threadProgram.ts");

function startThread(): Channel {
  const code = `require(${JSON.stringify(typeScriptLoader)}); require(${JSON.stringify(PROGRAM)})`;
  const worker = new Worker(code, { eval: true, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 12 } });
  const ended = new Promise<string>((resolve) => {
    worker.once("error", ({ message }) => resolve(message));
    worker.once("exit", (code) => resolve(`exit code ${code}`));
  });
  return {
    id: worker.threadId,
    send: (message) => worker.postMessage(message),
    onMessage: (hear) => void worker.on("message", hear),
    onEnd: (hear) => void ended.then(hear),
    kill: () => void worker.terminate(),
  };
}

async function main(): Promise<void> {
  const count = Number(process.argv[2]);
  process.env.ATELIER_THREADS ??= String(Math.max(1, Math.floor(availableParallelism() / count)));
  const team = await startTeam({ count, start: startThread, log: console.error });
  const server = await serve(teamApp(team, { page: await buildPage() }).app, { ownProcess: true });
  console.log(`open ${server.url}`);
  await server.closed();
}

process.on("SIGTERM", () => process.exit());
void main();
