import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { duration } from "../text";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm test [-- WORD …]

Checks format, lint and types, then runs the tests; the lessons' cells and quick runs are among them.
With WORDs it runs only the test files whose path holds one of them, as in npm test -- data.`;

/** Checks that look at all files, each a program of its own: its name, its script and its arguments. */
const CHECKS = [
  ["format", "prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
  ["lint", "eslint/bin/eslint.js", "--max-warnings", "0", "."],
  ["types", "typescript/bin/tsc", "--noEmit", "-p", "."],
];

/** `npm test`: every check there is. */
export async function test(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
  const files = testFiles().filter(
    (file) => positionals.length === 0 || positionals.some((word) => holdsWord(file, word)),
  );
  if (files.length === 0)
    throw new UsageError(`No test file's path holds ${positionals.join(" or ")}; see the folder test`);
  if (positionals.length === 0)
    for (const [name, script, ...rest] of CHECKS) {
      const start = Date.now();
      const code = await node([path.join("node_modules", script), ...rest]);
      console.log(`${code === 0 ? "ok  " : "FAIL"}  ${name}  ${duration(Date.now() - start)}`);
      if (code !== 0) return 1;
    }
  return node(["--require", "ts-node/register", "--test", "--test-reporter=spec", ...files]);
}

/** Whether a test file's path holds a word, whichever slash either has. */
export function holdsWord(file: string, word: string): boolean {
  const [whole, part] = [file, word].map((text) => text.replace(/\\/g, "/"));
  return whole.includes(part);
}

/** Node's own test runner takes no patterns on Node 20 and passes when it finds nothing: so the files are listed. */
function testFiles(): string[] {
  const names = fs.readdirSync(path.join(projectRoot, "test"), { recursive: true }) as string[];
  return names
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join("test", name))
    .sort();
}

/** Runs Node with these arguments in the project's folder and resolves to its exit code. */
function node(args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ["ignore", "inherit", "inherit"] });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
