import type { Project } from "../../test/commands/project";
import { type Command, startCommand } from "../../test/engines/command";

/** How a sweep went. */
export interface SweepRun {
  seconds: number;
  said: string;
  code: number | string;
}

/** Starts `npm run sweep` with these words. */
function startSweep({ folder }: Project, words: string[], redis = ""): Command {
  return startCommand(folder, ["sweep", ...words], { ATELIER_REDIS: redis, ATELIER_THREADS: "1" });
}

/** Runs a sweep to its end. */
export async function runSweep(project: Project, words: string[], redis?: string): Promise<SweepRun> {
  const begin = performance.now();
  const { ended, said } = startSweep(project, words, redis);
  const code = await ended;
  return { seconds: (performance.now() - begin) / 1000, said: said(), code };
}

/** Workers at the queue of a project's sweeps. */
export interface Workers {
  /** Kills one, the oldest, and starts another. */
  killOne(): void;
  /** Ends all; resolves to what all of them have said. */
  end(): Promise<string>;
}

/** Starts so many workers of one row at a time, and waits until they listen. */
export async function startWorkers(project: Project, count: number, redis: string): Promise<Workers> {
  let number = 0;
  const all: Command[] = [];
  const start = () => {
    const worker = startSweep(project, ["work", "--at-once", "1", "--name", `worker-${++number}`], redis);
    all.push(worker);
    return worker;
  };
  const living = Array.from({ length: count }, start);
  await Promise.all(living.map((worker) => worker.until(/takes rows from/)));
  return {
    killOne() {
      living.shift()?.child.kill("SIGKILL");
      living.push(start());
    },
    async end() {
      for (const worker of living) worker.child.kill("SIGINT");
      await Promise.all(living.map(({ ended }) => ended));
      return all.map(({ said }) => said()).join("");
    },
  };
}
