import { execPath } from "node:process";
import { join } from "node:path";
import { projectRoot } from "../../../files";
import type { SlurmSettings } from "./slurmSettings";

/** What a script is written for. */
export interface ArrayNeeds {
  /** The sweep's name. */
  name: string;
  /** The folder for the script, its rows and what its tasks print. */
  folder: string;
  /** What the rows are, in a few words each. */
  titles: string[];
  /** Cores of each row. */
  threads: number;
  /** Bytes of each row. */
  memory: number;
  /** Rows that run at a time; no limit where it is left out. */
  atOnce?: number;
  settings: SlurmSettings;
}

/** The file in a submission's folder that lists its rows. */
export const ROWS_FILE = "rows.json";

/** What a task prints, in its submission's folder. */
export function outputOf(folder: string, index: number | string): string {
  return join(folder, `task-${index}.txt`);
}

/** The script of an array job, a task for each row: to be read, edited and submitted, also by hand. */
export function arrayScript(needs: ArrayNeeds): string {
  const { name, folder, titles } = needs;
  const rows = join(folder, ROWS_FILE);
  return `#!/bin/bash
# The sweep ${name} as an array job, a task for each row. npm run sweep wrote it and submits it.
# By hand: sbatch ${join(folder, "submit.sh")}
${sbatchLines(needs).join("\n")}

project=${quoted(projectRoot)}
node=${quoted(execPath)}
cd "$project" || { echo "$(hostname) has no folder $project; all nodes must share it" >&2; exit 1; }
[ -x "$node" ] || { echo "$(hostname) has no $node; all nodes must have Node where this machine has it" >&2; exit 1; }
exec "$node" setup.js sweep row ${quoted(rows)} "$SLURM_ARRAY_TASK_ID"

# The tasks:
${titles.map((title, index) => `# ${index}  ${title.replace(/\s+/g, " ")}`).join("\n")}
`;
}

function sbatchLines({ name, folder, titles, threads, memory, atOnce, settings }: ArrayNeeds): string[] {
  const { partition, sbatch } = settings;
  const words = [
    `--job-name=${name}`,
    `--array=0-${titles.length - 1}${atOnce === undefined ? "" : `%${atOnce}`}`,
    `--cpus-per-task=${threads}`,
    `--mem=${Math.ceil(memory / 2 ** 20)}M`,
    "--requeue",
    `--output=${outputPattern(folder)}`,
    "--open-mode=append",
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(sbatch === undefined ? [] : [sbatch]),
  ];
  return words.map((word) => `#SBATCH ${word}`);
}

/** In sbatch's own rules: a percent sign begins a pattern, a quote and a space end a word. */
function outputPattern(folder: string): string {
  const path = folder.replace(/%/g, "%%").replace(/[\\"]/g, "\\$&");
  return `"${outputOf(path, "%a")}"`;
}

/** As one word of the shell. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
