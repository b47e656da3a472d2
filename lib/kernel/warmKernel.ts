import { read } from "fs";
import { join } from "path";
import { promisify } from "util";
import { loadCompiler } from "./compiler/loadCompiler";
import type { Compiler } from "./compiler/compiler";
import { snapshotContent } from "./snapshotContent";
import { warmUp } from "./warmUp";

/** What a kernel that was started ahead is to be, one line of JSON on its standard input. */
export interface Taking {
  /** The path of Jupyter's connection file. */
  connectionFile: string;
  /** The folder of the notebook. */
  folder: string;
  /** Variables of the environment that it was not started with. */
  env: Record<string, string>;
}

const STDIN = 0;
const CHUNK = 65_536; // bytes

/**
 * Waits to be taken for a notebook; calls `begin` then, in its folder and with its environment. The process ends where its
 * standard input does, as that of whoever keeps it warm: nobody else knows it.
 */
export function onTaken(begin: (taking: Taking) => void): void {
  let isTaken = false;
  void useCompiler(() => isTaken);
  void firstLine().then((line) => {
    if (line === undefined) return process.exit(0);
    isTaken = true;
    const taking = JSON.parse(line) as Taking;
    process.chdir(taking.folder);
    Object.assign(process.env, taking.env);
    process.argv.splice(2, Infinity, "--config-path", taking.connectionFile);
    begin(taking);
  });
}

/** The first line of the standard input; undefined where it ends before. It stays open, so that its number is given to nothing else. */
async function firstLine(): Promise<string | undefined> {
  const chunk = Buffer.alloc(CHUNK);
  for (let text = ""; ;) {
    const { bytesRead } = await promisify(read)(STDIN, chunk, 0, CHUNK, null);
    text += chunk.toString("utf8", 0, bytesRead);
    const [line, ...more] = text.split("\n");
    if (more.length > 0) return line;
    if (bytesRead === 0) return undefined;
  }
}

/** Uses the compiler, a cell at a time, for as long as nobody waits. */
async function useCompiler(isTaken: () => boolean): Promise<void> {
  await new Promise(setImmediate);
  if (isTaken()) return;
  const steps = warmUp(loadCompiler(join(__dirname, "build")) as Compiler, process.cwd(), snapshotContent()?.known);
  while (!isTaken() && !steps.next().done) await new Promise(setImmediate);
}
