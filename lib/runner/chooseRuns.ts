import type { PastRun } from "./history";

/**
 * The runs that words name, in their order: a run's name or its beginning, `last`, or `last~1` for the one before. Without
 * words all runs. Throws a RangeError for a word that names none, or more than one.
 *
 * @param runs - oldest first
 */
export function chooseRuns(runs: PastRun[], words: string[]): PastRun[] {
  if (words.length === 0) return runs;
  const chosen = words.map((word) => chooseRun(runs, word));
  return [...new Set(chosen)];
}

function chooseRun(runs: PastRun[], word: string): PastRun {
  const [isLast, back = "0"] = /^last(?:~(\d+))?$/.exec(word) ?? [];
  const exact = runs.filter(({ time }) => time === word);
  const starting = word === "" ? [] : runs.filter(({ time }) => time.startsWith(word));
  const found = isLast ? runs.slice(runs.length - 1 - Number(back)).slice(0, 1) : exact.length > 0 ? exact : starting;
  if (isLast && Number(back) >= runs.length) throw unknownRun(runs, word);
  if (found.length === 0) throw unknownRun(runs, word);
  if (found.length > 1)
    throw new RangeError(`"${word}" may be ${found.map(({ time }) => time).join(" or ")}; give more of the name`);
  return found[0];
}

function unknownRun(runs: PastRun[], word: string): RangeError {
  const known = runs.length > 0 ? `the last of ${runs.length} is ${runs[runs.length - 1].time}` : "there are none yet";
  return new RangeError(`There is no run "${word}"; ${known}; npm run runs lists them`);
}
