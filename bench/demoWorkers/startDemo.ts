import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { projectRoot, typeScriptLoader } from "../../lib/files";

/** Who answers: so many processes, so many threads, or the server itself. */
export interface Crew {
  kind: "alone" | "processes" | "threads";
  count: number;
}

/** A demo that runs. */
export interface RunningDemo {
  crew: Crew;
  url: string;
  /** Of the server. */
  pid: number;
  /** Seconds from the start of the process until it serves. */
  startUp: number;
  signal(name: NodeJS.Signals): void;
  /** Ends it, and waits for its end. */
  stop(): Promise<void>;
}

/** Starts the demo as `npm run demo` does; threads by a program of this measurement. */
export async function startDemo(crew: Crew): Promise<RunningDemo> {
  const started = performance.now();
  const child = spawn(process.execPath, wordsOf(crew), { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  let noise = "";
  child.stderr.on("data", (text) => (noise = (noise + text).slice(-2000)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void ended.then(() => process.off("exit", kill));
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^open (\S+)/.exec(line) ?? [];
    if (!url) continue;
    const stop = async () => {
      child.kill("SIGTERM");
      await ended;
    };
    const startUp = (performance.now() - started) / 1000;
    return { crew, url, pid: child.pid!, startUp, signal: (name) => void child.kill(name), stop };
  }
  throw new Error(`the demo has ended: ${noise.trim()}`);
}

function wordsOf({ kind, count }: Crew): string[] {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  const flags = (scripts.demo as string).split(" ").filter((word) => word.startsWith("--"));
  if (kind === "threads")
    return [...flags, "--require", typeScriptLoader, path.join(projectRoot, "bench", "demoWorkers", "threadServer.ts"), String(count)]; // prettier-ignore
  const workers = kind === "processes" ? ["--workers", String(count)] : [];
  return [...flags, "setup.js", "demo", "--port", "0", ...workers];
}
