import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files";
import { isRecord } from "../runner/notebook";
import type { RowValues } from "./gridRows";

/** One row: what it is called, and the values that its notebook gets. */
export interface SweepRow {
  id: string;
  parameters: RowValues;
}

/** Rows that belong together. */
export interface Sweep {
  name: string;
  /** The notebook's path. */
  notebook: string;
  /** The parameters that differ from row to row. */
  varied: string[];
  rows: SweepRow[];
  /** The recorded value by which rows are good or bad. */
  metric?: string;
  /** Whether the least of it is the best. */
  isLeastBest?: boolean;
}

/** Where the folder of a row is: all sweeps share it, so that none runs again what another one has run. */
export function rowFolder(runs: string, id: string): string {
  return join(runs, "rows", id);
}

/** Where a sweep keeps what is its own. */
export function sweepFolder(runs: string, name: string): string {
  return join(runs, "sweeps", name);
}

/** Writes what a sweep consists of, where `loadSweep` finds it. Returns its folder. */
export function saveSweep(runs: string, sweep: Sweep): string {
  const folder = sweepFolder(runs, sweep.name);
  replaceFile(join(folder, "sweep.json"), JSON.stringify({ version: 1, ...sweep }, null, 2) + "\n");
  return folder;
}

/**
 * Reads what a sweep consists of.
 *
 * @throws RangeError for a name that no sweep has, with those there are, or a file that is none
 */
export function loadSweep(runs: string, name: string): Sweep {
  const all = join(runs, "sweeps");
  const names = existsSync(all) ? readdirSync(all).sort() : [];
  if (!names.includes(name)) {
    const known = names.length > 0 ? `there are ${names.join(", ")}` : "npm run sweep makes the first one";
    throw new RangeError(`There is no sweep "${name}"; ${known}`);
  }
  const file = join(all, name, "sweep.json");
  const sweep = parsed(file);
  if (sweep) return sweep;
  throw new RangeError(`${file} is not a sweep's; start the sweep again, which writes it anew`);
}

function parsed(file: string): Sweep | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isSweep = isRecord(json) && json.version === 1 && Array.isArray(json.rows) && Array.isArray(json.varied);
    return isSweep ? (json as unknown as Sweep) : undefined;
  } catch {
    return undefined;
  }
}
