import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the fake behaves. */
export interface FakePythonOptions {
  /** Default 3.12.1. */
  version?: number[];
  /** What it lacks, as findPython asks for it. */
  missing?: string[];
  /** What `pip install` does: "ok" (the default), "fail", or "hang" until its parent is gone. */
  pip?: "ok" | "fail" | "hang";
}

/** A folder whose `python3` is a stand-in: makes environments that hold itself, and notes what it was told. */
export interface FakePython {
  folder: string;
  /** What it was called with so far, one line a call, questions of its version left out. */
  calls(): string[];
  /** Makes it behave in another way. */
  become(options: FakePythonOptions): void;
  remove(): void;
}

/** Why tests with it are left out, or false. */
export const skip = process.platform === "win32" && "the stand-in for Python is a script that Windows does not start";

export function newFakePython(options: FakePythonOptions = {}): FakePython {
  const folder = mkdtempSync(join(tmpdir(), "atelier-python-"));
  const notes = join(folder, "calls");
  const become = ({ version = [3, 12, 1], missing = [], pip = "ok" }: FakePythonOptions) => {
    const program = join(folder, "python3");
    const answer = JSON.stringify({ program, version, missing });
    writeFileSync(program, script({ notes, answer, pip }));
    chmodSync(program, 0o755);
  };
  become(options);
  return {
    folder,
    calls: () => (existsSync(notes) ? readFileSync(notes, "utf8").trimEnd().split("\n") : []),
    become,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const script = (words: Record<string, string>) => `#!${process.execPath}
const { notes, answer, pip } = ${JSON.stringify(words)};
const fs = require("fs");
const path = require("path");
const [option, name, ...args] = process.argv.slice(2);
if (option === "-c") return console.log(answer);
fs.appendFileSync(notes, [name, ...args].join(" ") + "\\n");
if (name === "venv") {
  for (const folder of ["bin", "lib/python3.12"]) fs.mkdirSync(path.join(args[0], folder), { recursive: true });
  fs.copyFileSync(__filename, path.join(args[0], "bin", "python"));
}
const parent = process.ppid;
if (name === "pip" && pip === "fail") process.exitCode = 3;
if (name === "pip" && pip === "hang") setInterval(() => (process.ppid === parent && parent !== 1) || process.exit(1), 50);
if (name === "jupyterlab") {
  process.once("SIGTERM", () => process.exit(0));
  setInterval(() => (process.ppid === parent && parent !== 1) || process.exit(1), 50);
  console.log("a fake JupyterLab");
}
`;

/** Calls with a PATH that holds these folders alone. */
export function withPath<T>(folders: string[], action: () => T): T {
  const before = process.env.PATH;
  process.env.PATH = folders.join(":");
  try {
    return action();
  } finally {
    process.env.PATH = before;
  }
}
