import { nelderMead } from "../nelderMead";

/** How the season acts: "add" pieces to the level, or "multiply" it. */
export type SeasonKind = "add" | "multiply";

/** Where exponential smoothing stands after a value: what it goes on from. */
export interface SmoothingState {
  level: number;
  /** By how much the level changes from one value to the next; 0 without a trend. */
  trend: number;
  /** What the season adds, or multiplies by, for the next values in turn: [period]; empty without a season. */
  season: number[];
  kind?: SeasonKind;
}

/** The share of each new value that level, trend and season take on, 0 to 1; trend and season stay fixed at 0. */
export interface SmoothingShares {
  alpha: number;
  beta?: number;
  gamma?: number;
}

/** The state after all values, and the sum of the squared one-step errors on the way. */
export interface Smoothed {
  state: SmoothingState;
  squares: number;
}

/**
 * Exponential smoothing of a series from a given state: Holt's and Winters' recursion (1957, 1960), with statsmodels'
 * formulas. Without trend and season it is simple exponential smoothing.
 *
 * @internal
 */
export function smooth(values: ArrayLike<number>, start: SmoothingState, shares: SmoothingShares): Smoothed {
  const { alpha, beta = 0, gamma = 0 } = shares;
  let { level, trend } = start;
  const { kind = "add" } = start;
  const season = [...start.season];
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const place = season.length ? i % season.length : -1;
    const before = place < 0 ? neutral(kind) : season[place];
    const ahead = level + trend;
    squares += (values[i] - withSeason(ahead, before, kind)) ** 2;
    const next = alpha * withoutSeason(values[i], before, kind) + (1 - alpha) * ahead;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
    if (place >= 0) season[place] = gamma * seasonOf(values[i], ahead, kind) + (1 - gamma) * before;
  }
  const turn = season.length ? values.length % season.length : 0;
  return { state: { level, trend, season: [...season.slice(turn), ...season.slice(0, turn)], kind }, squares };
}

/**
 * The values that follow a state.
 *
 * @internal
 */
export function goOn({ level, trend, season, kind = "add" }: SmoothingState, ahead: number): Float64Array {
  return Float64Array.from({ length: ahead }, (_, step) => {
    const part = season.length ? season[step % season.length] : neutral(kind);
    return withSeason(level + (step + 1) * trend, part, kind);
  });
}

/**
 * The shares with the least sum of squared one-step errors: the best point of a coarse grid, then Nelder and Mead.
 *
 * @param count - how many of alpha, beta and gamma are sought; the others are 0
 * @internal
 */
export function fitShares(
  values: ArrayLike<number>,
  start: SmoothingState,
  { count, season }: { count: 1 | 2 | 3; season?: boolean },
): SmoothingShares {
  const toShares = (point: number[]): SmoothingShares => {
    const [alpha, second = 0, third = 0] = point.map((value) => 1 / (1 + Math.exp(-value)));
    return season && count === 2 ? { alpha, gamma: second } : { alpha, beta: second, gamma: third };
  };
  const scale = smooth(values, start, { alpha: 1 }).squares || 1;
  const loss = (point: number[]) => smooth(values, start, toShares(point)).squares / scale;
  const corners = gridOf(count).sort((a, b) => loss(a) - loss(b));
  const found = corners.slice(0, 2).map((corner) => nelderMead(loss, corner, { step: 1, tolerance: 1e-10 }));
  return toShares(found.sort((a, b) => a.value - b.value)[0].point);
}

/** Logits of the shares .02, .12, .5 and .88 in every dimension. */
function gridOf(count: number): number[][] {
  const line = [-4, -2, 0, 2];
  if (count === 1) return line.map((value) => [value]);
  return gridOf(count - 1).flatMap((point) => line.map((value) => [...point, value]));
}

function neutral(kind: SeasonKind): number {
  return kind === "add" ? 0 : 1;
}

function withSeason(level: number, season: number, kind: SeasonKind): number {
  return kind === "add" ? level + season : level * season;
}

function withoutSeason(value: number, season: number, kind: SeasonKind): number {
  return kind === "add" ? value - season : value / season;
}

function seasonOf(value: number, level: number, kind: SeasonKind): number {
  return kind === "add" ? value - level : value / level;
}
