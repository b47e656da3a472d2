import { replaceFile } from "../lib/files";

/** What a measurement has come to. */
export interface Conclusion {
  rows: object[];
  /** The rows for people. */
  table: string;
  /** The file the rows go to, if one was asked for. */
  json?: string;
  signal: AbortSignal;
}

/** Prints the rows and writes their file; what was interrupted is printed only. Returns the exit code. */
export function conclude({ rows, table, json, signal }: Conclusion): number {
  console.log(`\n${table}`);
  if (signal.aborted) {
    console.error("Interrupted: these were finished, and no file was written.");
    return 1;
  }
  if (json !== undefined) replaceFile(json, JSON.stringify(rows, null, 2) + "\n");
  return 0;
}
