import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { projectRoot } from "../../../../lib/files";
import { arrayScript } from "../../../../lib/sweep/engines/slurm/arrayScript";
import { checkSbatchWords } from "../../../../lib/sweep/engines/slurm/slurmSettings";
import { loadSubmission } from "../../../../lib/sweep/engines/slurm/submission";
import { newFolder } from "../../samples";

const { folder, remove } = newFolder();
after(remove);

const needs = { name: "s", folder: "/a 5% b/slurm-1", titles: ["seed=1", "name=a\nb"], threads: 2, memory: 1.5e9 };

test("arrayScript() asks for what rows need, and says which task is which row", () => {
  const settings = { partition: "long", sbatch: "--time=1:00:00 --account=me" };
  const script = arrayScript({ ...needs, atOnce: 3, settings });
  const words = script.match(/^#SBATCH .*/gm)!.map((line) => line.slice("#SBATCH ".length));
  assert.deepEqual(words, [
    ...["--job-name=s", "--array=0-1%3", "--cpus-per-task=2", "--mem=1431M", "--requeue"],
    ...['--output="/a 5%% b/slurm-1/task-%a.txt"', "--open-mode=append", "--partition=long"],
    "--time=1:00:00 --account=me",
  ]);
  assert.match(script, /\n# The tasks:\n# 0 {2}seed=1\n# 1 {2}name=a b\n$/);
  assert.match(arrayScript({ ...needs, settings: {} }), /^#SBATCH --array=0-1$/m);
});

const onWindows = { skip: process.platform === "win32" && "no bash there" };
test("the script says what is missing on a node", onWindows, () => {
  const script = arrayScript({ ...needs, settings: {} });
  const said = (text: string) => {
    const file = join(folder, "submit.sh");
    writeFileSync(file, text);
    const { status, stderr } = spawnSync("bash", [file], { encoding: "utf8" });
    return `${status}: ${stderr.trimEnd().split("\n").at(-1)!.replace(/^\S+/, "HOST")}`;
  };
  assert.equal(
    said(script.replace(`project='${projectRoot}'`, "project='/no/such folder'")),
    "1: HOST has no folder /no/such folder; all nodes must share it",
  );
  assert.equal(
    said(script.replace(`node='${process.execPath}'`, "node='/no/node'")),
    "1: HOST has no /no/node; all nodes must have Node where this machine has it",
  );
});

test("checkSbatchWords() takes options in one line, but for those that the sweep gives itself", () => {
  for (const words of ["--time=1:00:00", "-A me --wait-all-nodes=1 --gres=gpu:1", "-w n1"])
    assert.equal(checkSbatchWords(words), words);
  for (const [words, refused] of [
    ["--array=0-3", "--array"],
    ["--qos=x -a 3", "-a"],
    ["--wait", "--wait"],
    ["-M other", "-M"],
  ])
    // prettier-ignore
    assert.throws(() => checkSbatchWords(words), {
      message: `The words for sbatch have ${refused}, which the sweep gives itself; leave it out`,
    });
  for (const words of ["time=3", "--time=3\n#SBATCH --qos=x", ""])
    assert.throws(() => checkSbatchWords(words), {
      message: `The words for sbatch are ${JSON.stringify(words)}; options in one line are wanted, as in --sbatch="--time=1:00:00 --account=NAME"`,
    });
});

test("loadSubmission() refuses a file that holds no rows", () => {
  const file = join(folder, "rows.json");
  for (const text of ["", "[]", '{"version":1}']) {
    writeFileSync(file, text);
    assert.throws(() => loadSubmission(file), {
      message: `${file} holds no rows for Slurm; start the sweep again, which writes them anew`,
    });
  }
});
