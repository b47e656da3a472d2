import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadSweepFile } from "../../lib/sweep/loadSweepFile";
import { newFolder } from "./samples";

const { folder, remove } = newFolder();
after(remove);
const file = join(folder, "s.yaml");

test("loadSweepFile() reads the settings, a lesson's number as text", () => {
  writeFileSync(file, "notebook: 2\nquick: true\nparameters:\n  seed: 1..5\n  rate: [0.1]\nmemory: 500\n");
  const parameters = { seed: "1..5", rate: [0.1] };
  assert.deepEqual(loadSweepFile(file), { notebook: "2", quick: true, parameters, memory: 500 });
});

const refusals: [text: string, error: string, message: string | RegExp][] = [
  ["notebook: [a\nrows: 1\n", "SyntaxError", /^S is not YAML: .* in line 2$/],
  ["notebook: a\nnotebook: b\n", "SyntaxError", /^S is not YAML: Map keys must be unique in line 2$/],
  [
    "notebook: a\nparameter: {}\n",
    "RangeError",
    'S has the setting "parameter" in line 2; the settings are notebook, parameters, quick, sample, rows, sampleSeed, engine, partition, sbatch, redis, results, threads, memory, atOnce, timeout, halve, keep, metric, least',
  ],
  ["notebook: a\nrows: many\n", "RangeError", 'S sets rows to "many" in line 2; a whole number above 0 is wanted'],
  ["notebook: a\nsample: latin\n", "RangeError", 'S sets sample to "latin" in line 2; random or sobol is wanted'],
  ["notebook: a\nparameters: {}\n", "RangeError", "S sets parameters to {} in line 2; a mapping of parameters to values, as in seed: 1..5, is wanted"], // prettier-ignore
  ["notebook: a\n", "RangeError", "S has no parameters; a mapping of parameters to values, as in seed: 1..5, is wanted"], // prettier-ignore
  ['{ notebook: a, "rows": 0 }', "RangeError", "S sets rows to 0; a whole number above 0 is wanted"],
  [
    "notebook: a\nengine: cloud\n",
    "RangeError",
    'S sets engine to "cloud" in line 2; local or bullmq or slurm is wanted',
  ],
  ["", "RangeError", "S has no notebook; a notebook's path, or a lesson's number, is wanted"],
];

for (const [text, name, message] of refusals)
  test(`loadSweepFile() refuses ${JSON.stringify(text)} in one line`, () => {
    writeFileSync(file, text);
    assert.throws(
      () => loadSweepFile(file),
      (error: Error) => {
        assert.equal(error.name, name);
        const said = error.message.replaceAll(file, "S");
        if (typeof message === "string") assert.equal(said, message);
        else assert.match(said, message);
        return true;
      },
    );
  });
