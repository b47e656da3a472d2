import { join } from "node:path";
import { startProcess } from "../../../lib/demo/workers/channel";
import { startTeam, type TeamOptions } from "../../../lib/demo/workers/team";

interface Planting extends Partial<Omit<TeamOptions, "start" | "log">> {
  /** Milliseconds a picture takes, default 0. */
  delay?: number;
  /** Of the next worker that is started; default those of planted services. */
  users?: () => string;
}

/** A team of processes with planted services, and what it has logged. */
export async function plantedTeam({ count = 2, delay = 0, users = () => "0,1", ...rest }: Planting = {}) {
  const lines: string[] = [];
  const program = join(__dirname, "plantedProgram.ts");
  const start = () => startProcess({ program, args: [String(delay), users()], threads: 1 });
  const team = await startTeam({ count, start, log: (line) => void lines.push(line), ...rest });
  const pids = () => team.members().map(({ worker }) => worker?.id);
  return { team, lines, pids };
}

/** Waits until something holds. Throws after twenty seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let look = 0; look < 1000 && !holds(); look++) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!holds()) throw new Error(`waited in vain: ${what}`);
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
