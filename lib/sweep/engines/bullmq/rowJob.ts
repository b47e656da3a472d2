import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeVersion, projectRoot } from "../../../files";
import type { SweepRow } from "../../sweepFolder";

/** What a worker gets to run: one row. */
export interface RowJob {
  row: SweepRow;
  /** The notebook's path: from the project's folder where it lies in it, else a whole one. */
  notebook: string;
  threads: number;
  /** Bytes that a row is taken to need. */
  rowMemory: number;
  /** The longest a cell may take, in seconds. */
  timeout?: number;
  /** A hash of the library's code. */
  code: string;
  /** The place for results, and its mark. */
  results: string;
  mark: string;
  /** The folder of models and checkpoints, where machines share it. */
  models?: string;
  /** The row for people. */
  title: string;
}

/** What all keys in Redis begin with. */
export const PREFIX = "atelier";

/** A hash of what decides numbers beside the notebook: the library and the packages. Workers take rows of their own only. */
export function workVersion(): string {
  const packages = readFileSync(join(projectRoot, "package-lock.json"), "utf8").replace(/\r/g, "");
  return createHash("sha256")
    .update(codeVersion(["."]))
    .update(packages)
    .digest("hex")
    .slice(0, 12);
}

/** The queue of the rows for workers with this version. */
export function queueName(version: string): string {
  return `rows-${version}`;
}

/** Where a sweep says that a row is to end: 1 in order, 2 without waiting for anything. */
export function endKey(version: string, id: string): string {
  return `${PREFIX}:end:${version}:${id}`;
}
