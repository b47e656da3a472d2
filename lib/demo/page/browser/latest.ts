/**
 * A function that runs one task at a time, and of the calls that come meanwhile only the last one: a picture is
 * classified as fast as the server answers while somebody draws, and never out of order.
 *
 * @param failed - told what a task threw, and for which input
 */
export function latest<Input>(
  task: (input: Input) => Promise<void>,
  failed: (error: unknown, input: Input) => void,
): (input: Input) => void {
  let running = false;
  let waiting: { input: Input } | undefined;
  const run = async (input: Input) => {
    running = true;
    await task(input).catch((error) => failed(error, input));
    running = false;
    const next = waiting;
    waiting = undefined;
    if (next) void run(next.input);
  };
  return (input) => {
    if (running) waiting = { input };
    else void run(input);
  };
}
