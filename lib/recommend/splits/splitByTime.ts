import { checkCoo, takeEntries, type Coo } from "../coo";
import { buildCsr, findEntry } from "../csr";
import { checkTimes } from "./checkTimes";

/**
 * Trains on what came before and holds out what came after, as a shop has to. Pairs of user and item that came before
 * already are left out of the test: to recommend them would be no discovery. Weights are split alike by a second call.
 *
 * @param times - when each interaction was, in any unit; shape [entries]
 * @param options - settings by name
 * @param options.testShare - share of interactions, the latest, that is held out; above 0 and below 1, default 0.2.
 * What is as old as the oldest of them is held out too.
 * @param options.from - hold out what is as late as this, or later, instead of a share
 * @throws TypeError for times of another length; RangeError where nothing would be left on one side
 */
export function splitByTime(
  interactions: Coo,
  times: ArrayLike<number>,
  { testShare = 0.2, from }: { testShare?: number; from?: number } = {},
): { train: Coo; test: Coo } {
  checkCoo(interactions, "splitByTime(): interactions");
  checkTimes(times, interactions.values.length, "splitByTime()");
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`splitByTime(): testShare ${testShare} is not between 0 and 1; try 0.2`);
  const cut = from ?? Float64Array.from(times).sort()[times.length - heldOut(testShare, times.length)];
  const entries = Int32Array.from({ length: times.length }, (_, entry) => entry);
  const train = takeEntries(interactions, entries.filter((entry) => times[entry] < cut)); // prettier-ignore
  const trained = buildCsr(train);
  const isNew = (entry: number) =>
    findEntry(trained, interactions.rowIndices[entry], interactions.columnIndices[entry]) < 0;
  const test = takeEntries(interactions, entries.filter((entry) => times[entry] >= cut && isNew(entry))); // prettier-ignore
  if (train.values.length === 0 || test.values.length === 0)
    throw new RangeError(
      `splitByTime(): ${train.values.length} interactions before ${cut} and ${test.values.length} new ones from then on; cut where both sides have some`,
    );
  return { train, test };
}

/** How many of so many are held out, rounded up; a rounding error of the product does not count as one more. */
function heldOut(testShare: number, count: number): number {
  return Math.ceil(Number((testShare * count).toPrecision(12)));
}
