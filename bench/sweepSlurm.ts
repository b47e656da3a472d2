import { readArguments, UsageError } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- sweep-slurm [--rows 60]

Runs lesson 2, quick, with so many seeds on this machine, then in another copy of the project on Slurm with three nodes on
loopback. A third of the rows in, one node is lost with all that runs on it; two thirds in, it is back and the daemon of
another one is killed alone. No row may be lost or done twice, and all numbers must be the same, bit for bit. Needs root, and
Debian's slurm-wlm and munge.

  --rows   how many`;

const OPTIONS = { rows: { type: "string", default: "60" } } as const;

/** `npm run bench -- sweep-slurm`: a sweep on a cluster that loses nodes. */
export async function benchSweepSlurm(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const rows = wholeNumber("rows", values.rows, 1000);
  if (process.getuid?.() !== 0)
    throw new UsageError("sweep-slurm starts Slurm's daemons, which only root may; be root");
  const { sweepWithLostNodes } = await import("./sweepSlurm/sweepWithLostNodes");
  return (await sweepWithLostNodes(rows)) ? 0 : 1;
}
