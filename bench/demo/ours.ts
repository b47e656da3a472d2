import { createInterface } from "node:readline";
import { useBackend } from "../../lib/compute/useBackend";
import { buildApp } from "../../lib/demo/app";
import { loadServices } from "../../lib/demo/models/loadServices";
import { buildPage } from "../../lib/demo/page/buildPage";
import { serve } from "../../lib/demo/serve";
import { say } from "../answerTasks";
import { memory } from "./memory";

/* A contender that serves our demo: says where, and for each line it hears how much memory it takes. */

async function main(): Promise<void> {
  console.log = console.error; // stdout is for answers
  const services = await loadServices({ log: () => {} });
  const server = await serve(buildApp(services, { page: await buildPage() }), { ownProcess: true });
  const { description } = await useBackend({ log: () => {} });
  say({ url: server.url, description: `the demo, on ${description}` });
  createInterface(process.stdin).on("line", () => say(memory()));
}

process.stdin.on("end", () => process.exit());
main().catch((error: Error) => {
  say({ error: error.message.split("\n")[0] });
  process.exitCode = 1;
});
