import { csvLine } from "../text";
import type { ScoredSweep } from "./scoredSweep";

/** The rows of a sweep as CSV (RFC 4180): name, status, all parameters, all recorded values, seconds. */
export function toCSV({ sweep, results }: ScoredSweep): string {
  const parameters = [...new Set(sweep.rows.flatMap((row) => Object.keys(row.parameters)))];
  const metrics = [...new Set(results.flatMap((result) => Object.keys(result?.metrics ?? {})))];
  const lines = sweep.rows.map(({ id, parameters: given }, index) => {
    const { [index]: result } = results;
    const values = parameters.map((name) => plain(given[name]));
    return [
      id,
      result?.status ?? "left",
      ...values,
      ...metrics.map((name) => plain(result?.metrics[name])),
      result?.seconds ?? "",
    ];
  });
  return [["row", "status", ...parameters, ...metrics, "seconds"], ...lines].map(csvLine).join("");
}

function plain(value: unknown): string | number {
  if (value === undefined) return "";
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
}
