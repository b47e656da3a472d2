import { spawnSync } from "child_process";
import { PythonError } from "./pythonError";

/** The oldest Python that the pinned packages run on. */
const LEAST = [3, 10];

const NAMES = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
const NAMES_ON_WINDOWS = ["py", "python"];

/** Which Python is wanted. */
export interface FindOptions {
  env?: NodeJS.ProcessEnv;
  newest?: [major: number, minor: number];
}

/** What a Python says of itself. Python 2 does not know the question, and fails. */
interface Answer {
  program: string;
  version: [number, number, number];
  /** What it takes to make an environment, and is not there. */
  missing: string[];
}

const QUESTION = `
import json, sys
from importlib.util import find_spec
missing = [name for name in ("venv", "ensurepip") if not find_spec(name)]
print(json.dumps({"program": sys.executable, "version": sys.version_info[:3], "missing": missing}))`;

/**
 * A Python that can make environments, the first one on the PATH.
 *
 * @param options.env - where PATH is read; default `process.env`
 * @param options.newest - the newest version that will do, as [3, 13]; default any
 * @returns the path of the program
 * @throws PythonError, in one line, when there is none, all are too old or too new, or none has venv
 */
export function findPython({ env = process.env, newest }: FindOptions = {}): string {
  const names = process.platform === "win32" ? NAMES_ON_WINDOWS : NAMES;
  const refused: string[] = [];
  for (const name of names) {
    const answer = ask(name, env);
    if (!answer) continue;
    const why = refusal(answer, newest);
    if (!why) return answer.program;
    refused.push(why);
  }
  throw new PythonError(refused[0] ?? `There is no Python 3 here; install Python ${LEAST.join(".")} or newer`);
}

function ask(name: string, env: NodeJS.ProcessEnv): Answer | undefined {
  const { status, stdout } = spawnSync(name, ["-c", QUESTION], { env, encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as Answer) : undefined;
}

function refusal({ program, version, missing }: Answer, newest?: [number, number]): string | undefined {
  const named = `Python ${version.join(".")} (${program})`;
  if (isBefore(version, LEAST)) return `${named} is too old; install Python ${LEAST.join(".")} or newer`;
  if (newest && isBefore(newest, version))
    return `${named} is too new for the packages; install Python ${LEAST.join(".")} to ${newest.join(".")}`;
  if (missing.length > 0)
    return `${named} has no ${missing.join(" and no ")}; install them (Debian and Ubuntu: apt install python3-venv)`;
  return undefined;
}

/** Whether the first version is of an earlier series than the second; a third number does not count. */
function isBefore([major, minor]: number[], [otherMajor, otherMinor]: number[]): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
