import type { Figure } from "../chart/figure";
import { ownValue } from "./ownValue";

/** Whether a value is a figure as Plotly takes them, `{ data, layout }`, ours or another. */
export function isFigure(value: unknown): value is Figure {
  if (!isRecord(value)) return false;
  const [data, layout] = [ownValue(value, "data"), ownValue(value, "layout")];
  return Array.isArray(data) && data.every(isRecord) && isRecord(layout);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
