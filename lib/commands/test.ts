import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { makeSnapshot } from "../kernel/snapshot";
import { duration } from "../text";
import { changedFiles } from "./changedFiles";
import { runTests } from "./runTests";
import { shortRun } from "./shortRun";
import { failedFiles, lastSeconds, noteStart } from "./testRecord";
import { testsOfChange } from "./testsOfChange";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm test [-- WORD …] [--changed] [--failed]

Checks format, lint and types, then runs the tests; the lessons' cells and quick runs are among them.
With WORDs it runs only the test files whose path holds one of them, as in npm test -- data.

  --changed   checks only the files that differ from the last commit, or those of the last commit where none does, and
              runs the tests that they can touch, the nearest first, for less than a minute
  --failed    runs the test files that have not passed since they ran last, after the same checks`;

const OPTIONS = { changed: { type: "boolean" }, failed: { type: "boolean" } } as const;

/** What the checks found is kept here, until a file, a check or its settings change. */
const CACHE = path.join("node_modules", ".cache", "checks");
const kept = (name: string) => ["--cache", "--cache-location", path.join(CACHE, `${name}.json`)];

/** Checks that look at files, each a program of its own: its name, its script, its arguments, and the files it knows. */
const CHECKS = [
  {
    name: "format",
    script: "prettier/bin/prettier.cjs",
    args: ["--check", "--log-level", "warn", "--ignore-unknown", ...kept("prettier"), "--cache-strategy", "content"],
  },
  {
    name: "lint",
    script: "eslint/bin/eslint.js",
    args: ["--max-warnings", "0", "--no-warn-ignored", ...kept("eslint"), "--cache-strategy", "content"],
    knows: /\.(js|mjs|ts)$/,
  },
  {
    name: "types",
    script: "typescript/bin/tsc",
    args: ["--noEmit", "-p", ".", "--incremental", "--tsBuildInfoFile", path.join(CACHE, "types.json")],
    knows: null,
  },
];

/** Seconds that the tests of a change may take one after the other: two processes run them. */
const LIMIT = 70;

/** `npm test`: every check there is. */
export async function test(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  if (values.changed && values.failed) throw new UsageError("--changed and --failed choose different tests; give one");
  return values.changed ? testChanged(positionals) : testAll(positionals, values.failed);
}

async function testAll(words: string[], onlyFailed = false): Promise<number> {
  const asked = testFiles().filter((file) => isAsked(file, words));
  if (asked.length === 0) throw new UsageError(`No test file's path holds ${words.join(" or ")}; see the folder test`);
  const failed = onlyFailed ? failedFiles() : undefined;
  const files = failed ? asked.filter((file) => failed.includes(slashed(file))) : asked;
  if (files.length === 0) {
    console.log("All test files passed when they ran last.");
    return 0;
  }
  noteStart(files); // where a check fails, they have not passed
  const [passed] = await Promise.all([words.length > 0 || check(), makeSnapshot()]);
  return passed ? runTests(files) : 1;
}

async function testChanged(words: string[]): Promise<number> {
  const { all, changed } = changedFiles();
  const { files, leftOut } = testsOfChange(changed, { files: all, seconds: lastSeconds(), limit: LIMIT });
  const asked = files.filter((file) => isAsked(file, words));
  console.log(`${changed.length} files have changed; ${asked.length} test files run.`);
  if (!(await check(changed.filter((file) => all.includes(file))))) return 1;
  const code = asked.length > 0 ? await runTests(asked) : 0;
  if (leftOut.length > 0)
    console.log(`Left out, for they would take longer than a minute (npm test runs them):\n  ${leftOut.join("\n  ")}`);
  return code;
}

function isAsked(file: string, words: string[]): boolean {
  return words.length === 0 || words.some((word) => holdsWord(file, word));
}

/** Whether a test file's path holds a word, whichever slash either has. */
export function holdsWord(file: string, word: string): boolean {
  return slashed(file).includes(slashed(word));
}

function slashed(file: string): string {
  return file.replace(/\\/g, "/");
}

function testFiles(): string[] {
  const names = fs.readdirSync(path.join(projectRoot, "test"), { recursive: true }) as string[];
  return names
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join("test", name))
    .sort();
}

/** Whether all checks pass, of all files or of some. */
async function check(files?: string[]): Promise<boolean> {
  const results = CHECKS.map(({ name, script, args, knows }) => {
    if (knows === null || !files) return runCheck(name, script, [...args, ...(knows === null ? [] : ["."])]);
    const known = files.filter((file) => !knows || knows.test(file));
    return known.length === 0 || runCheck(name, script, [...args, ...known]);
  });
  return !(await Promise.all(results)).includes(false);
}

/** Runs a check, prints how it went with what it said, and resolves to whether all was well. */
function runCheck(name: string, script: string, args: string[]): Promise<boolean> {
  const start = Date.now();
  const command = [...shortRun, path.join("node_modules", script), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: projectRoot, maxBuffer: Infinity }, (error, stdout, stderr) => {
      process.stdout.write(stdout + stderr);
      console.log(`${error ? "FAIL" : "ok  "}  ${name}  ${duration(Date.now() - start)}`);
      resolve(!error);
    });
  });
}
