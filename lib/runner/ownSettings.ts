import { isRecord, type Notebook } from "./notebook";

/** How a notebook itself wants to be run, in its metadata under `execution`, as nbmake reads it. */
export interface OwnSettings {
  /** Seconds a cell may take. */
  timeout?: number;
  /** Whether an error in any cell is part of the notebook. */
  allowErrors: boolean;
}

/** Reads `execution.timeout` and `execution.allow_errors` of a notebook's metadata; passes over what is malformed. */
export function ownSettings({ metadata }: Notebook): OwnSettings {
  const { timeout, allow_errors }: Record<string, unknown> = isRecord(metadata.execution) ? metadata.execution : {};
  const isTime = typeof timeout === "number" && timeout > 0;
  return { ...(isTime && { timeout }), allowErrors: allow_errors === true };
}
