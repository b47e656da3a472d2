/** What a sweep says on Slurm alone. */
export interface SlurmSettings {
  /** The partition; the cluster's default where it is left out. */
  partition?: string;
  /** Further words for sbatch, as `--time=1:00:00 --account=NAME`. */
  sbatch?: string;
  /** Whether the rows are submitted and left to themselves. */
  detach?: boolean;
}

/** Words that would make another job than an array with a task for each row, or one that cannot be found again. */
const REFUSED = /(?:^|\s)(--(?:array|wrap|wait|test-only|clusters?|output|error)(?![\w-])|-[aWMoe])/;

/**
 * Checks the words for sbatch.
 *
 * @throws RangeError, in one line, for words that are no options, or those that the engine gives itself
 */
export function checkSbatchWords(words: string): string {
  const [, refused] = REFUSED.exec(words) ?? [];
  if (refused !== undefined)
    throw new RangeError(`The words for sbatch have ${refused}, which the sweep gives itself; leave it out`);
  if (!words.startsWith("-") || /[\n\r]/.test(words))
    throw new RangeError(
      `The words for sbatch are ${JSON.stringify(words)}; options in one line are wanted, as in --sbatch="--time=1:00:00 --account=NAME"`,
    );
  return words;
}
