import type { RowOptions } from "../runRow";
import type { RowState } from "../runSweep";
import type { SweepRow } from "../sweepFolder";
import type { SlurmSettings } from "./slurm/slurmSettings";

/** How an engine runs rows. */
export interface EngineOptions {
  /** The sweep's name. */
  name: string;
  /** The folder of what is the sweep's own. */
  sweepFolder: string;
  /** A row for people. */
  titleOf: (row: SweepRow) => string;
  folderOf: (row: SweepRow) => string;
  /** How each row runs. */
  how: RowOptions & { signal: AbortSignal; hurry: AbortSignal };
  /** Rows that run at a time; as many as fit by default. */
  atOnce?: number;
  /** Bytes that a row is taken to need. */
  rowMemory: number;
  /** Whether rows run again that have ended elsewhere. */
  fresh: boolean;
  /** The folder of runs. */
  runs: string;
  /** The address of the Redis server that the engine `bullmq` works through. */
  redis?: string;
  /** Where workers of the engine `bullmq` leave results: a folder, or s3://bucket/prefix. */
  results?: string;
  /** Hears each change of a row. */
  onChange: (state: RowState) => void;
  /** Prints a line beside the live table. */
  log: (line: string) => void;
  /** What was said for Slurm. */
  slurm?: SlurmSettings;
}

/** What runs the rows of a sweep: this machine, or others. */
export interface SweepEngine {
  /** Where rows run, as the sweep's first line ends: `2 at a time`. */
  where: string;
  /**
   * Runs the rows that wait until all have ended, or `how.signal` is aborted; their states are changed in place. What goes
   * wrong in a row is told in its state.
   */
  run(): Promise<void>;
  /** Gives back what the engine holds; to be called once. */
  close(): Promise<void>;
}

/**
 * Makes an engine ready for these rows.
 *
 * @throws an error that `npm run sweep` tells in one line, where it cannot be reached or used
 */
export type OpenEngine = (states: readonly RowState[], options: EngineOptions) => Promise<SweepEngine>;
