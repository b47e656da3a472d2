/** A run of a cell. Once it is abandoned, its awaits do not go on. */
export interface CellRun {
  isAbandoned: boolean;
}

/** What the first await of an abandoned run throws, so that its `finally` blocks run. Later ones wait for ever. */
export class CellInterrupted extends Error {
  override name = "KeyboardInterrupt";

  constructor() {
    super("the cell was interrupted");
  }
}

/** What compiled awaits call: `await x` is `after(now(), await x) ? take() : await never()`, and takes no turn more. */
export interface AwaitHelpers {
  /** The run on whose behalf code runs; undefined in callbacks of timers and events. */
  now(): CellRun | undefined;
  /** Whether that run goes on, with the value that `take` gives. */
  after(run: CellRun | undefined, value?: unknown): boolean;
  take(): unknown;
  never(): Promise<never>;
}

/** Follows runs through the awaits of cells and of the functions that cells declare. */
export interface CellAwaits {
  helpers: AwaitHelpers;
  /** What is called now belongs to this run. */
  enter(run: CellRun | undefined): void;
}

/** No cell runs. */
export function newCellAwaits(): CellAwaits {
  const told = new WeakSet<CellRun>();
  let current: CellRun | undefined;
  let held: unknown;
  let isLeaving = false;

  const leave = () => {
    current = undefined;
    isLeaving = false;
  };

  /** Until the thread turns to another event. */
  const enter = (run: CellRun | undefined) => {
    current = run;
    if (run && !isLeaving) process.nextTick(leave);
    isLeaving ||= run !== undefined;
  };

  const after = (run: CellRun | undefined, value?: unknown) => {
    enter(run);
    held = value;
    if (!run?.isAbandoned) return true;
    if (told.has(run)) return false;
    told.add(run);
    throw new CellInterrupted();
  };

  const take = () => {
    const value = held;
    held = undefined;
    return value;
  };

  return { helpers: { now: () => current, after, take, never: () => new Promise(() => {}) }, enter };
}
