import { toExecuteRequest } from "./executeRequest";
import { PLACE } from "./io/link";
import { newShellQueue, type RunningCell, type ShellParts, type ShellQueue } from "./shellQueue";

/** Runs the cells that clients ask for: those of one shell in order, those of several beside one another. */
export interface ExecutionQueue {
  /** `shell` is a subshell's name, undefined for the main shell. */
  add(id: number, content: Record<string, unknown>, shell?: string): void;
  /** Asks the cells of these requests to stop. */
  interrupt(ids: number[]): void;
  /** Whether the client of this request takes questions while its cell runs; without a number, that of the main shell's cell. */
  mayAsk(id?: number): boolean;
  /** What runs for this request was broken off and will not end by itself. */
  breakOff(id: number): void;
  /** This subshell is no more: its cell ends, and those behind it do not run. */
  remove(shell: string): void;
}

/** What the queue works with. */
export interface QueueParts extends Omit<ShellParts, "counter"> {
  state: Int32Array;
}

const OWN_LISTENERS = 1;
const LISTENER_GRACE = 10_000; // ms for a training that listens for interrupts to end and keep its weights

/** An empty queue, which hears SIGINT from now on. */
export function newExecutionQueue({ state, ...parts }: QueueParts): ExecutionQueue {
  const shared: ShellParts = { ...parts, counter: { last: 0 } };
  const main = newShellQueue(shared);
  const subshells = new Map<string, ShellQueue>();
  let taken = false;

  const runningIn = (shells: Iterable<ShellQueue>): RunningCell[] =>
    Array.from(shells, (one) => one.running() ?? []).flat();
  const running = () => [...runningIn([main]), ...runningIn(subshells.values())];

  const shellOf = (name: string | undefined): ShellQueue => {
    if (name === undefined) return main;
    parts.origin.watch();
    const shell = subshells.get(name) ?? newShellQueue(shared);
    subshells.set(name, shell);
    return shell;
  };

  /** Whether others hear the interrupt too, as a training does; the cell then has time to end by itself. */
  const leaveTime = (cell: RunningCell) => {
    if (cell.asked || process.listenerCount("SIGINT") <= OWN_LISTENERS) return;
    cell.asked = setTimeout(cell.stop, LISTENER_GRACE);
  };
  countListeners(state);
  process.on("SIGINT", () => {
    const own = runningIn([main]);
    (own.length > 0 ? own : running()).forEach(leaveTime);
  });

  return {
    add: (id, content, shell) => {
      if (!taken) parts.output.takeStreams();
      taken = true;
      shellOf(shell).add(toExecuteRequest(id, content));
    },
    interrupt: (ids) => {
      for (const cell of running().filter(({ id }) => ids.includes(id))) {
        leaveTime(cell);
        if (!cell.asked) cell.stop();
      }
    },
    mayAsk: (asking) => {
      const cell = asking === undefined ? main.running() : running().find(({ id }) => id === asking);
      return cell?.allowStdin ?? false;
    },
    breakOff: (id) =>
      running()
        .find((cell) => cell.id === id)
        ?.stop(),
    remove: (shell) => {
      subshells.get(shell)?.close();
      subshells.delete(shell);
    },
  };
}

/** Lets the other thread know how many listeners for an interrupt there are beside this queue's own. */
function countListeners(state: Int32Array): void {
  const note = (more: number) => (event: string | symbol) => {
    if (event !== "SIGINT") return;
    Atomics.store(state, PLACE.listeners, process.listenerCount("SIGINT") + more - OWN_LISTENERS);
  };
  process.on("newListener", note(1));
  process.on("removeListener", note(0));
}
