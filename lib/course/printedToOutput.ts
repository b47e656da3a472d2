/**
 * Runs work whose texts for stderr go to stdout.
 *
 * @internal
 */
export async function printedToOutput<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stderr;
  process.stderr.write = process.stdout.write.bind(process.stdout) as typeof write;
  try {
    return await work();
  } finally {
    process.stderr.write = write;
  }
}
