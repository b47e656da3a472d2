import type { CellRun } from "./cellAwaits";
import type { Converted, Converter } from "./compiler/converter";
import type { ExecutionContext } from "./executionContext";

/** The cells that run, each for a request, and what the compiler knows of them. */
export interface RunningCells {
  /** A compiled cell starts. */
  begin(id: number, cell: Converted): BegunCell;
  /** The cell of this request ends for the compiler where it stands, and does not go on after its next await. */
  abandon(id: number): void;
  /** What the cells have come to is there for others. */
  share(): void;
}

/** A cell that has started. */
export interface BegunCell {
  run: CellRun;
  /** It has ended, whole or where it threw. Does nothing where it was abandoned. */
  end(how: { isWhole: boolean }): void;
}

type Test = (name: string) => boolean;

interface Running {
  cell: Converted;
  run: CellRun;
  /** Whether the cell has come to one of its variables. */
  isReached: Test;
  /** Whether no other cell has declared that variable since, or this one has assigned it again: the last one counts. */
  isOwn: Test;
}

/** No cell runs yet. */
export function newRunningCells(converter: Converter, { changesSince }: ExecutionContext): RunningCells {
  const running = new Map<number, Running>();

  const share = () => {
    for (const { cell, isReached, isOwn } of running.values())
      converter.share(cell, (name) => isReached(name) && isOwn(name));
  };

  const end = (id: number, own: Running, isReached: Test) => {
    if (running.get(id) !== own) return;
    running.delete(id);
    const kept = own.cell.declared.filter((name) => isReached(name) && own.isOwn(name));
    converter.keep(own.cell, (name) => kept.includes(name));
    for (const other of running.values()) giveWay(other, kept);
  };

  /** From now on a name that was declared anew is the other cell's only where that assigns it. */
  const giveWay = (other: Running, declared: string[]) => {
    const names = other.cell.declared.filter((name) => declared.includes(name));
    const isAssigned = changesSince(names);
    const isOwn = other.isOwn;
    other.isOwn = (name) => (names.includes(name) ? isAssigned(name) : isOwn(name));
  };

  return {
    begin: (id, cell) => {
      const run = { isAbandoned: false };
      const own: Running = { cell, run, isReached: changesSince(cell.declared), isOwn: () => true };
      running.set(id, own);
      return { run, end: ({ isWhole }) => end(id, own, isWhole ? () => true : own.isReached) };
    },
    abandon: (id) => {
      const own = running.get(id);
      if (!own) return;
      own.run.isAbandoned = true;
      end(id, own, own.isReached);
    },
    share,
  };
}
