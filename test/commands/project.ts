import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../../lib/files";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Cell } from "../../lib/runner/notebook";
import { notebookOf } from "../runner/samples";

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Hears what a command has said so far, and may stop it. */
type Hear = (stdout: string, kill: (signal: NodeJS.Signals) => void, child: ChildProcess, sofar: Ended) => void;

/** A copy of the library with notebooks, runs and data of its own, which commands may fill and empty. */
export interface Project {
  folder: string;
  /** Writes a file below the folder. */
  write(name: string, text: string): void;
  writeNotebook(name: string, cells: Cell[], metadata?: Record<string, unknown>): void;
  /** Runs one of the npm scripts as npm does; `hear` is told what it has said so far, and may stop it. */
  run(args: string[], onMessage?: Hear): Promise<Ended>;
  remove(): void;
}

/** Makes such a project with Fashion-MNIST in its data, which the demo learns from. */
export function newDataProject(): Project {
  const project = newProject();
  mkdirSync(join(project.folder, "data"));
  symlinkSync(join(projectRoot, "data", "fashion-mnist"), join(project.folder, "data", "fashion-mnist"), "junction");
  return project;
}

/** What kernels have made of the library, by content, so that all projects may share it: a thousand files. */
export const KEPT = join("lib", "kernel", "build");

/** Makes such a project in a temporary folder. */
export function newProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), "atelier-project-"));
  const kept = join(projectRoot, KEPT);
  mkdirSync(kept, { recursive: true });
  const filter = (source: string) => source !== kept;
  for (const name of ["lib", "setup.js", "package.json", "package-lock.json", "tsconfig.json"])
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true, preserveTimestamps: true, filter });
  symlinkSync(kept, join(folder, KEPT), "junction");
  mkdirSync(join(folder, "notebooks"));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "junction");
  symlinkSync(join(folder, "lib"), join(folder, "notebooks", "lib"), "junction");
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  return {
    folder,
    write,
    writeNotebook: (name, cells, metadata = {}) => write(name, formatNotebook({ ...notebookOf(...cells), metadata })),
    run: (args, onMessage = () => {}) => run(folder, args, onMessage),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function run(cwd: string, args: string[], onMessage: Hear): Promise<Ended> {
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT; // else a test run within ours would report to ours
  env.npm_execpath = "no-npm"; // the packages are those of the real project: nothing may install anew
  const child = spawn(process.execPath, ["setup.js", ...args], { cwd, env });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ended.stdout += text;
    onMessage(ended.stdout, (signal) => void child.kill(signal), child, ended);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ended.stderr += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...ended, code })));
}
