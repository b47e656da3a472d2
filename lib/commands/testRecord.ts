import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot, replaceFile } from "../files";

const MARK = createHash("sha256").update(projectRoot).digest("hex").slice(0, 8); // projects may share their packages

/** Where the reporter leaves how long each test file took, and which have passed. */
export const recordFolder = path.join(projectRoot, "node_modules", ".cache", `tests-${MARK}`);

const FAILED = path.join(recordFolder, "failed.json");

/** Seconds that each test file took when it ran last, by its path with slashes. */
export function lastSeconds(): Record<string, number> {
  return read(path.join(recordFolder, "seconds.json")) ?? {};
}

/** The test files that have not passed since they ran last, of those that are there; undefined where none has run yet. */
export function failedFiles(): string[] | undefined {
  return read<string[]>(FAILED)?.filter((file) => fs.existsSync(path.join(projectRoot, file)));
}

/** Notes that these test files are to run. Until `noteEnd` they count as failed: a run may be cut off. */
export function noteStart(files: string[]): void {
  const before = read<string[]>(FAILED) ?? [];
  fs.rmSync(passedFile, { force: true });
  const named = files.map((file) => file.split(path.sep).join("/"));
  replaceFile(FAILED, JSON.stringify([...new Set([...before, ...named])].sort()));
}

/**
 * Takes those that have passed off the list, but none where the run failed and each file passed: then a process of theirs
 * went wrong, and it is not known by which file.
 */
export function noteEnd(runPassed: boolean): void {
  const passed = new Set(read<string[]>(passedFile));
  const left = read<string[]>(FAILED)?.filter((file) => !passed.has(file)) ?? [];
  if (runPassed || left.length > 0) replaceFile(FAILED, JSON.stringify(left));
}

const passedFile = path.join(recordFolder, "passed.json");

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined; // nothing has run yet, or the file is cut short
  }
}
