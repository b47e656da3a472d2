import { shownNumber } from "../text";
import { isRecord, type MimeBundle } from "./notebook";

/** The MIME type by which a lesson reports a number: `{ "name": string, "value": number | string | boolean }`. */
export const RECORD_TYPE = "application/vnd.atelier.record+json";

/** A value a lesson reports. */
export type Metric = number | string | boolean;

/** A recorded value for people. */
export function shownMetric(value: Metric): string {
  return typeof value === "number" ? shownNumber(value) : String(value);
}

/** Takes the value that a display may report into `metrics`. */
export function takeRecord(data: MimeBundle, metrics: Record<string, Metric>): void {
  const record = data[RECORD_TYPE];
  if (!isRecord(record) || typeof record.name !== "string") return;
  const { name, value } = record;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") metrics[name] = value;
}
