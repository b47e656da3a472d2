import type { RowState } from "../../runSweep";
import type { EngineOptions, SweepEngine } from "../engine";
import { callSlurm, type CallSlurm } from "./callSlurm";
import { followRows } from "./followRows";

/**
 * The engine `slurm`: submits the rows as array jobs and follows them. Rows that an earlier start has submitted are followed
 * and not submitted again.
 *
 * @throws SlurmError where Slurm is not there or does not answer
 */
export async function openSlurm(
  states: readonly RowState[],
  options: EngineOptions,
  call: CallSlurm = callSlurm,
): Promise<SweepEngine> {
  const config = await call("scontrol", ["show", "config"]);
  const most = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(config)?.[1] ?? SMALL);
  const limit = options.atOnce === undefined ? "" : `, ${Math.min(options.atOnce, states.length)} at a time`;
  return {
    where: `on Slurm${limit}`,
    run: () => followRows(states, options, { call, most }),
    close: () => Promise.resolve(),
  };
}

const SMALL = 1001; // Slurm's default
