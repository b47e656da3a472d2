/** The least and the greatest error to reckon with: actual value minus forecast. */
export interface ErrorBounds {
  low: number;
  high: number;
}

/**
 * The bounds within which the next error of a forecast should lie, from errors on weeks that it had not learned from
 * (split conformal prediction: Vovk, Gammerman and Shafer, 2005; Lei and others, 2018). Of n errors they are the k-th
 * smallest and the k-th greatest, k = floor((n + 1) (1 - coverage) / 2). Whatever the errors' distribution, the next one
 * lies between them with a probability of at least the coverage, provided that it is exchangeable with them. Errors of
 * neighbouring weeks are not quite that; more of them, over more seasons, bring the coverage nearer.
 *
 * Take errors of the same distance: a forecast for the tenth week errs more than one for the next.
 *
 * @param errors - actual minus forecast
 * @param options - settings by name
 * @param options.coverage - the share of the truth that the bounds are to hold, between 0 and 1; default 0.8
 * @throws RangeError for a coverage that is none, too few errors for it, or one that is not finite
 */
export function conformalBounds(errors: ArrayLike<number>, { coverage = 0.8 } = {}): ErrorBounds {
  if (!(coverage > 0 && coverage < 1))
    throw new RangeError(`conformalBounds(): coverage ${coverage} is not between 0 and 1; 0.8 holds four in five`);
  const sorted = Float64Array.from(errors).sort();
  const wrong = sorted.find((error) => !Number.isFinite(error));
  if (wrong !== undefined)
    throw new RangeError(`conformalBounds(): an error is ${wrong}, wanted finite numbers; leave such weeks out`);
  const rank = Math.floor((sorted.length + 1) * ((1 - coverage) / 2) + ROUNDING);
  if (rank < 1)
    throw new RangeError(
      `conformalBounds(): ${sorted.length} errors are too few for a coverage of ${coverage}; give ${fewest(coverage)} or more`,
    );
  return { low: sorted[rank - 1], high: sorted[sorted.length - rank] };
}

/** Keeps 0.1 times 10 from falling short of 1. */
const ROUNDING = 1e-9;

function fewest(coverage: number): number {
  return Math.ceil(2 / (1 - coverage) - ROUNDING) - 1;
}
