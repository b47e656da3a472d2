import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/files";
import { labCommand } from "../../lib/lab/labCommand";
import { labEnvironment } from "../../lib/lab/labEnvironment";
import { prepareHome } from "../../lib/lab/prepareHome";
import { freePorts } from "../../lib/runner/freePorts";
import { pause } from "../../lib/runner/within";
import { skip as noBrowser } from "../browser";

const made = existsSync(join(projectRoot, "data", "downloads", "python", "lab", "made-of.json"));

/** Why tests in JupyterLab are left out, or false. They install nothing: `npm run lab` does, once. */
export const skip = noBrowser || (made ? false : "no JupyterLab here; npm run lab installs it");

/** A JupyterLab that runs. */
export interface LabServer {
  /** Where a notebook of its folder is opened, and nothing beside it; the token is in it. */
  address(file: string): string;
  /** Ends it as `npm run lab` does; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** Its process. */
  pid: number;
}

/**
 * Starts JupyterLab on a folder.
 *
 * @param home - where it keeps settings and marks of trust, below the folder: another one trusts nothing yet
 */
export async function startLab(root: string, { home = "jupyter" } = {}): Promise<LabServer> {
  const own = { root, home: prepareHome(join(root, home)), port: (await freePorts(1))[0] };
  const { program, args, env } = labCommand(labEnvironment(), { ...own, file: join(root, "none"), browser: false });
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close").then(([code]) => code as number | null);
  const stop = () => (child.kill("SIGTERM"), ended);
  const start = await Promise.race([addressIn(child.stderr), ended.then(failed)]);
  await answering(start);
  return { address: (file) => start.replace("/none?", `/${file.replace(/\\/g, "/")}?reset&`), stop, pid: child.pid! };
}

/** The address with the token, which Jupyter tells at its start. */
function addressIn(stderr: NodeJS.ReadableStream): Promise<string> {
  let said = "";
  return new Promise((resolve) =>
    stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [address] = /http:\S+token=\w+/.exec(said) ?? [];
      if (address) resolve(address);
    }),
  );
}

/** Waits until the server listens: it tells its address a moment before. */
async function answering(address: string): Promise<void> {
  while (!(await fetch(address).catch(() => undefined))) await pause(0.1);
}

function failed(code: number | null): never {
  throw new Error(`JupyterLab ended with code ${code} at its start`);
}
