import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { join } from "node:path";

/** What statsmodels fitted. */
interface Fitted {
  squares: number;
  forecast: number[];
}

interface Reference {
  series: Record<"level" | "walk" | "trend" | "season", number[]>;
  simple: Record<string, { fixed: number; alpha: number; squares: number; forecast: number }>;
  holt: Record<string, Fitted>;
  winters: Record<"add" | "mul", Fitted & { start: number[]; fixed: number[]; fixedSquares: number }>;
  theta: Record<string, { alpha: number; forecast: number[]; nixtla: number[] }>;
  seasonal: number[];
  kpss: Record<string, number>;
  arima: Record<string, ArimaReference[]>;
  losses: Record<"known" | "actual" | "forecast", number[]> &
    Record<"mase" | "mase4" | "rmsse" | "smape" | "pinball", number>;
}

interface ArimaReference {
  order: [number, number, number];
  drift: boolean;
  ar: number[];
  ma: number[];
  mean: number;
  variance: number;
  logLikelihood: number;
  aicc: number;
  forecast: number[];
}

/** Numbers of statsmodels, statsforecast and utilsforecast (test/fixtures/make_forecasts.py). */
export const reference: Reference = JSON.parse(
  readFileSync(join(__dirname, "..", "fixtures", "forecasts.json"), "utf8"),
);

export function assertNear(ours: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  assert.equal(ours.length, wanted.length);
  for (let i = 0; i < wanted.length; i++)
    assert.ok(Math.abs(ours[i] - wanted[i]) <= tolerance, `${i}: ${ours[i]} instead of ${wanted[i]}`);
}
