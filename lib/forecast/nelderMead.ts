/** A point and the value of the function there. */
export interface Minimum {
  point: number[];
  value: number;
}

/** Options of `nelderMead`. */
export interface NelderMeadOptions {
  /** The length of the first simplex's edges, default 0.5. */
  step?: number;
  /** Ends the search when the values of the simplex differ by less, default 1e-9. */
  tolerance?: number;
  /** Calls of the function at most, default 200 for each dimension. */
  calls?: number;
}

/**
 * Minimizes a function without derivatives (Nelder and Mead, 1965): a simplex is reflected, stretched or shrunk at its
 * worst corner. It finds a local minimum; start from several points where there may be more. NaN counts as Infinity.
 *
 * @internal
 */
export function nelderMead(of: (point: number[]) => number, start: number[], options: NelderMeadOptions = {}): Minimum {
  const { step = 0.5, tolerance = 1e-9, calls = 200 * start.length } = options;
  let left = calls;
  const at = (point: number[]): Minimum => {
    left--;
    const value = of(point);
    return { point, value: Number.isNaN(value) ? Infinity : value };
  };
  const simplex = [at(start), ...start.map((_, i) => at(start.map((value, j) => value + (i === j ? step : 0))))];
  for (sortByValue(simplex); left > 0 && !isFlat(simplex, tolerance); sortByValue(simplex)) improve(simplex, at);
  return simplex[0];
}

function sortByValue(simplex: Minimum[]): void {
  simplex.sort((a, b) => a.value - b.value);
}

function isFlat(simplex: Minimum[], tolerance: number): boolean {
  return simplex[simplex.length - 1].value - simplex[0].value < tolerance;
}

/** One step: replaces the worst corner, or draws all corners to the best one. */
function improve(simplex: Minimum[], at: (point: number[]) => Minimum): void {
  const last = simplex.length - 1;
  const [best, worst] = [simplex[0], simplex[last]];
  const centre = worst.point.map((_, i) => simplex.slice(0, last).reduce((sum, { point }) => sum + point[i], 0) / last);
  const along = (times: number) => at(centre.map((value, i) => value + times * (worst.point[i] - value)));
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const stretched = along(-2);
    simplex[last] = stretched.value < reflected.value ? stretched : reflected;
  } else if (reflected.value < simplex[last - 1].value) simplex[last] = reflected;
  else {
    const inner = along(reflected.value < worst.value ? -0.5 : 0.5);
    if (inner.value < Math.min(reflected.value, worst.value)) simplex[last] = inner;
    else shrink(simplex, at);
  }
}

function shrink(simplex: Minimum[], at: (point: number[]) => Minimum): void {
  const [best] = simplex;
  for (let i = 1; i < simplex.length; i++)
    simplex[i] = at(simplex[i].point.map((value, j) => (value + best.point[j]) / 2));
}
