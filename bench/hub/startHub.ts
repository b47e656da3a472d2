import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { projectRoot } from "../../lib/files";
import { freePorts } from "../../lib/runner/freePorts";
import { pause } from "../../lib/runner/within";
import { deployed, type HubPrograms } from "./hubPrograms";

/** A JupyterHub on loopback. */
export interface Hub {
  url: string;
  /** With which all of its interface may be used. */
  token: string;
  /** Ends it, with all servers and kernels, and removes the people's homes. */
  stop(): Promise<void>;
}

const START = 120; // seconds

/**
 * Starts a hub with the deployed configuration, where every person has a home of their own in a temporary folder.
 *
 * @param memory - what a person's server may use, as JupyterHub writes it: "1G"
 * @throws Error where it does not answer, with the end of what it said
 */
export async function startHub({ python, proxy }: HubPrograms, memory: string): Promise<Hub> {
  const homes = mkdtempSync(join(tmpdir(), "atelier-hub-"));
  const [port, inner, api] = await freePorts(3);
  const token = randomUUID().replaceAll("-", "");
  const log = join(homes, "hub.log");
  const output = openSync(log, "w");
  const hub = spawn(python, ["-m", "jupyterhub", "-f", join(__dirname, "loopback_config.py")], {
    cwd: homes,
    detached: true,
    stdio: ["ignore", output, output],
    env: {
      ...process.env,
      PATH: [dirname(python), dirname(process.execPath), process.env.PATH].join(delimiter),
      ATELIER_PROJECT: projectRoot,
      ATELIER_USER_MEMORY: memory,
      BENCH_HUB_CONFIG: join(deployed, "jupyterhub_config.py"),
      BENCH_HUB_HOMES: homes,
      BENCH_HUB_PORT: String(port),
      BENCH_HUB_INNER_PORT: String(inner),
      BENCH_HUB_PROXY_PORT: String(api),
      BENCH_HUB_PROXY: proxy,
      BENCH_HUB_TOKEN: token,
    },
  });
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(hub);
    rmSync(homes, { recursive: true, force: true });
  };
  for (let waited = 0; !(await answers(`${url}/hub/api/`)); waited += 0.2) {
    await pause(0.2);
    if (waited < START && hub.exitCode === null) continue;
    const said = readFileSync(log, "utf8").slice(-2000);
    await stop();
    throw new Error(`JupyterHub did not start:\n${said}`);
  }
  return { url, token, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** SIGTERM lets a hub end what it has started; what is left of its group after that is killed. */
async function end(hub: ChildProcess): Promise<void> {
  const ended = once(hub, "exit");
  hub.kill("SIGTERM");
  if (hub.exitCode === null) await Promise.race([ended, pause(20)]);
  try {
    process.kill(-hub.pid!, "SIGKILL");
  } catch {
    // nothing is left
  }
}
