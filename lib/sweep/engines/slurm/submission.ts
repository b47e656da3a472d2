import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../../files";
import { isRecord } from "../../../runner/notebook";
import type { RowOptions } from "../../runRow";
import type { SweepRow } from "../../sweepFolder";
import { type ArrayNeeds, arrayScript, ROWS_FILE } from "./arrayScript";

/** Rows that are handed to Slurm as one array, a task for each. */
export interface Submission {
  how: Omit<RowOptions, "signal" | "hurry" | "code">;
  rows: SweepRow[];
}

/** Writes a script and its rows into a new folder, `slurm-1` or the next, of the sweep's folder. Returns the script's path. */
export function saveSubmission(sweep: string, { how, rows }: Submission, needs: Omit<ArrayNeeds, "folder">): string {
  const folder = newFolder(sweep);
  replaceFile(join(folder, ROWS_FILE), JSON.stringify({ version: 1, how, rows }, null, 2) + "\n");
  const script = join(folder, "submit.sh");
  replaceFile(script, arrayScript({ ...needs, folder }));
  return script;
}

/**
 * Reads the rows of a submission.
 *
 * @throws RangeError, in one line, for a file that is none; Node's error where it cannot be read
 */
export function loadSubmission(file: string): Submission {
  const text = readFileSync(file, "utf8");
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json) && json.version === 1 && Array.isArray(json.rows) && isRecord(json.how))
      return json as unknown as Submission;
  } catch {
    // told below
  }
  throw new RangeError(`${file} holds no rows for Slurm; start the sweep again, which writes them anew`);
}

/** Whoever makes a folder has its number: two sweeps of a name never share one. */
function newFolder(sweep: string): string {
  mkdirSync(sweep, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = join(sweep, `slurm-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
