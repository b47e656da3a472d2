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

  --changed   after the same checks, runs the tests that the files can touch that differ from the last commit, or those of
              the last commit where none does: the nearest first, for less than a minute
  --failed    runs the test files that have not passed since they ran last, after the same checks`;

const OPTIONS = { changed: { type: "boolean" }, failed: { type: "boolean" } } as const;

/**
 * Options of TypeScript 7, which takes a quarter of the time of 5.9, of which the kernel is made: it has no longer the way of
 * finding modules that tsconfig.json names, and takes no types of Node unasked.
 */
const NEWER = ["--moduleResolution", "bundler", "--types", "node", "--singleThreaded"];

/** Checks of all files, each a program of its own: its name, its script and its arguments. */
const CHECKS = [
  { name: "format", script: "oxfmt/bin/oxfmt", args: ["--list-different"] },
  { name: "lint", script: "oxlint/bin/oxlint", args: ["--deny-warnings"] },
  { name: "types", script: "typescript-7/bin/tsc", args: ["--noEmit", "-p", ".", ...NEWER] },
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
  if (!(await check())) return 1;
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

/** Whether all checks pass. */
async function check(): Promise<boolean> {
  const results = CHECKS.map(({ name, script, args }) => runCheck(name, script, args));
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
