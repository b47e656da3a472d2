import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The seconds that the processes of a project's rows took, added up; undefined where one of them left no files. */
export function rowSeconds(folder: string): number | undefined {
  const rows = join(folder, "runs", "rows");
  try {
    return readdirSync(rows).reduce((sum, id) => sum + secondsOf(join(rows, id)), 0);
  } catch {
    return undefined;
  }
}

/** As the worker measured it, or else from the first file that is written to the last. */
function secondsOf(row: string): number {
  if (readdirSync(row).includes("end.json")) return JSON.parse(readFileSync(join(row, "end.json"), "utf8")).seconds;
  return (statSync(join(row, "report.json")).mtimeMs - statSync(join(row, "row.json")).mtimeMs) / 1000;
}
