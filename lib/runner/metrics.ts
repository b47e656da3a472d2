import { shownNumber } from "../text";
import { isRecord, type MimeBundle } from "./notebook";

/**
 * The MIME type by which a lesson reports values: `{ "name": string, "value": number | string | boolean | number[] }`, or a
 * list of these. A list of numbers has one for each epoch.
 */
export const RECORD_TYPE = "application/vnd.atelier.record+json";

/** A value a lesson reports. */
export type Metric = number | string | boolean;

/** What was reported by now; the last one of a name counts. */
export interface Records {
  metrics: Record<string, Metric>;
  /** Numbers of each epoch, by name. */
  curves: Record<string, number[]>;
}

/** A recorded value for people. */
export function shownMetric(value: Metric): string {
  return typeof value === "number" ? shownNumber(value) : String(value);
}

/** Takes the values that a display may report into `records`. */
export function takeRecord(data: MimeBundle, { metrics, curves }: Records): void {
  for (const record of [data[RECORD_TYPE]].flat()) {
    if (!isRecord(record) || typeof record.name !== "string") continue;
    const { name, value } = record;
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") metrics[name] = value;
    if (isCurve(value)) curves[name] = value;
  }
}

function isCurve(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
}
