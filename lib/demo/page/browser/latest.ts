/**
 * A function that runs one task at a time, and of the calls that come meanwhile only the last one: a picture is
 * classified as fast as the server answers while somebody draws, and never out of order.
 *
 * @param task - may ask whether a newer call waits, so that its own answer is no longer wanted
 * @param failed - told what the newest call's task threw, and how to do it again; that does nothing once a newer call came
 */
export function latest<Input>(
  task: (input: Input, outdated: () => boolean) => Promise<void>,
  failed: (error: unknown, again: () => void) => void,
): (input: Input) => void {
  let running = false;
  let newest: { input: Input } | undefined;
  const run = async (call: { input: Input }): Promise<void> => {
    running = true;
    const outdated = () => call !== newest;
    const error = await task(call.input, outdated).then(
      () => undefined,
      (thrown: unknown) => ({ thrown }),
    );
    running = false;
    if (newest && outdated()) return run(newest);
    if (error) failed(error.thrown, () => void (outdated() || running || run(call)));
  };
  return (input) => {
    newest = { input };
    if (!running) void run(newest);
  };
}
