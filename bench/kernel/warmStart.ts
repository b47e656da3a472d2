import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import { warmKernelSpec } from "../../lib/kernel/kernelSpec";
import type { Taking } from "../../lib/kernel/warmKernel";
import { newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { within } from "../../lib/runner/within";

const AHEAD = 5000; // ms
const PATIENCE = 120; // seconds

/** Milliseconds from the moment in which a kernel that was started ahead is taken, to the reply of its first cell. */
export async function timeWarmStart(): Promise<number> {
  const [node, ...args] = warmKernelSpec().argv;
  const warm = spawn(node, args, { stdio: ["pipe", "ignore", "inherit"] });
  const exited = once(warm, "exit");
  const connection = await newConnection();
  const { file, remove } = writeConnectionFile(connection);
  await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, AHEAD))]);
  const taking: Taking = { connectionFile: file, folder: path.join(projectRoot, "notebooks"), env: {} };
  const begin = performance.now();
  warm.stdin.end(`${JSON.stringify(taking)}\n`);
  const client = connectKernel(connection);
  try {
    const { reply } = client.request("shell", "execute_request", { code: "1 + 1" });
    const answer = await within(PATIENCE, reply);
    if (answer?.content.status !== "ok") throw new Error(`a kernel that was started ahead did not answer: ${JSON.stringify(answer)}`); // prettier-ignore
    return performance.now() - begin;
  } finally {
    warm.kill("SIGKILL");
    await exited;
    client.close();
    remove();
  }
}
