import type { Metric } from "./metrics";

/** How far a run came. */
export interface RunState {
  status: "ok" | "failed" | "interrupted";
  /** Code cells that were executed, the failing one among them. */
  cells: number;
  metrics: Record<string, Metric>;
  /** Numbers of each epoch that were recorded, by name. */
  curves?: Record<string, number[]>;
  /** The first error that is not part of the lesson. */
  error?: RunError;
  /** Every code cell with something in it, in the notebook's order. */
  results: CellResult[];
}

/** What went wrong in a cell. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What stopped a run: in which code cell, counted from 1 as the prompts are, 0 when none was reached. */
export interface RunError extends CellError {
  cell: number;
  title: string;
}

/** How one code cell came out of a run. */
export interface CellResult {
  /** Its number as a run prints it, from 1; null for one that no run executes. */
  cell: number | null;
  id: string;
  title: string;
  status: "ok" | "failed" | "interrupted" | "skipped";
  seconds: number;
  /** Why it was skipped. */
  why?: string;
  error?: CellError;
}
