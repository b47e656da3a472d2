import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { callSlurm } from "../../../../lib/sweep/engines/slurm/callSlurm";
import { newFolder } from "../../samples";

const { folder, remove } = newFolder();
const { PATH } = process.env;
after(() => {
  process.env.PATH = PATH;
  remove();
});

/** Slurm's sbatch as it says this and fails. */
function saying(text: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin", "sbatch"), `#!/bin/sh\ncat >&2 <<'END'\n${text}\nEND\nexit 1\n`, { mode: 0o755 });
  process.env.PATH = `${join(folder, "bin")}:${PATH}`;
}

const onWindows = { skip: process.platform === "win32" && "Slurm is not there" };
test("callSlurm() tells in one line what Slurm refuses, and what helps", onWindows, async () => {
  const refusals: [said: string, message: string, isAway?: boolean][] = [
    [
      "sbatch: error: invalid partition specified: nowhere\nsbatch: error: Batch job submission failed: Invalid partition name specified",
      'Slurm\'s sbatch says "Batch job submission failed: Invalid partition name specified": give another --partition; sinfo -s lists them',
    ],
    [
      "sbatch: error: Memory specification can not be satisfied\nsbatch: error: Batch job submission failed: Requested node configuration is not available",
      'Slurm\'s sbatch says "Batch job submission failed: Requested node configuration is not available": give fewer --threads, less --memory or a --partition',
    ],
    [
      "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
      'Slurm\'s sbatch says "Batch job submission failed: Unable to contact slurm controller (connect failure)": its controller, slurmctld, must run; scontrol ping tells',
      true,
    ],
    [
      "sbatch: fatal: Could not establish a configuration source",
      'Slurm\'s sbatch says "Could not establish a configuration source": this machine has no slurm.conf; start the sweep on a machine of the cluster',
    ],
    [
      "sbatch: error: Batch job submission failed: Something new",
      'Slurm\'s sbatch says "Batch job submission failed: Something new"',
    ],
  ];
  for (const [text, message, isAway = false] of refusals) {
    saying(text);
    await assert.rejects(callSlurm("sbatch", []), { message, isAway, code: "ERR_SLURM" });
  }
});

test("callSlurm() says so where there is no Slurm", async () => {
  rmSync(join(folder, "bin"), { recursive: true, force: true });
  process.env.PATH = folder;
  await assert.rejects(callSlurm("sbatch", []), {
    message:
      "There is no sbatch on the path; start the sweep where Slurm's commands are, as on a login node, or without --engine slurm",
  });
});
