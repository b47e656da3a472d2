import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { readSweepSettings, type SweepValues } from "../../lib/commands/sweepSettings";
import { newFolder, writeSmallNotebook } from "../sweep/samples";

const { folder, remove } = newFolder();
after(remove);
const notebook = join(folder, "small.ipynb");
writeSmallNotebook(notebook);
const settings = (values: SweepValues, given = notebook) => readSweepSettings(given, { p: ["seed=1,2"], ...values });

test("readSweepSettings() takes what is said for an engine, in a file too, where the command line comes first", () => {
  const file = join(folder, "far.yaml");
  writeFileSync(
    file,
    "notebook: small.ipynb\nparameters: {seed: 1}\nengine: slurm\npartition: long\nsbatch: --time=5\n",
  );
  const { engine, partition, sbatch, detach } = settings({ partition: "short", detach: true }, file);
  assert.deepEqual({ engine, partition, sbatch, detach }, { engine: "slurm", partition: "short", sbatch: "--time=5", detach: true }); // prettier-ignore
});

test("readSweepSettings() refuses what belongs to another engine, or to none", () => {
  const other = (name: string) => `${name} is a setting of the engine slurm; give --engine slurm too, or leave it out`;
  const refusals: [values: SweepValues, message: string][] = [
    [{ partition: "long" }, other("partition")],
    [{ sbatch: "--time=5", engine: "local" }, other("sbatch")],
    [{ detach: true }, other("detach")],
    [{ engine: "slurm", sbatch: "--array=3" }, "The words for sbatch have --array, which the sweep gives itself; leave it out"],
    [{ engine: "slurm", detach: true, halve: "rate=1..3" }, "A halving needs this command to the end, for it chooses the rows; leave --detach out"],
    [{ engine: "nobody" }, '--engine is "nobody"; give local or bullmq or slurm'],
  ]; // prettier-ignore
  for (const [values, message] of refusals) assert.throws(() => settings(values), { message });
});
