import { appendFileSync } from "node:fs";

/** What a notebook or a script reports of itself; a list of numbers has one for each epoch. */
export interface RecordedValue {
  name: string;
  value: number | string | boolean | readonly number[];
}

/**
 * Appends values to the file that ATELIER_RECORDS names, a line of JSON for each, where `npm run sweep` runs a script. Where the
 * variable is not set, nothing happens.
 */
export function appendRecords(records: readonly RecordedValue[]): void {
  const { ATELIER_RECORDS: file } = process.env;
  if (file) appendFileSync(file, records.map((record) => JSON.stringify(record) + "\n").join(""));
}
