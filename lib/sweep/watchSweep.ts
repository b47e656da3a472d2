import type { ProgressStream } from "../runner/progress";
import { endedLine, livingLines } from "./formatStates";
import { liveLines } from "./liveLines";
import type { RowState } from "./runSweep";
import type { Sweep } from "./sweepFolder";

/** Shows how a sweep goes. */
export interface SweepWatch {
  log(line: string): void;
  onChange(state: RowState): void;
  /** Takes the living lines away; to be called once. */
  end(): void;
}

const TICK = 500; // ms between two looks of the living lines

/** A line for each row that ends; on a terminal below them the rows that run, and how many are left. */
export function watchSweep(sweep: Sweep, states: readonly RowState[], stream: ProgressStream): SweepWatch {
  const lines = liveLines(stream);
  const draw = () => lines.show(livingLines(states, sweep));
  const timer = stream.isTTY ? setInterval(draw, TICK) : undefined;
  const ended = () => states.filter(({ status }) => ENDED.includes(status)).length;
  return {
    log: lines.log,
    onChange(state) {
      if (ENDED.includes(state.status)) lines.log(endedLine(state, sweep, ended()));
      draw();
    },
    end() {
      clearInterval(timer);
      lines.show([]);
    },
  };
}

const ENDED: readonly RowState["status"][] = ["ok", "kept", "failed", "interrupted"];
