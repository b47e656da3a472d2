/** npm passes the terminal's Ctrl-C on to what has heard it already: within this time, in ms, both are one. */
const ECHO = 1000;

/**
 * A signal that Ctrl-C or a termination aborts: what runs then ends in order and keeps what it has. The end of whoever
 * reads our output, as of `head`, aborts too. Asked again later, `hurry` is aborted where there is one: what runs waits for
 * nothing any more. Asked once more, the process ends at once.
 */
export function abortOnInterrupt({ hurry }: { hurry?: AbortController } = {}): AbortSignal {
  const controller = new AbortController();
  const steps = hurry ? [controller, hurry] : [controller];
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    let lastSignal = -Infinity;
    const onSignal = () => {
      if (Date.now() - lastSignal < ECHO) return;
      lastSignal = Date.now();
      const next = steps.find(({ signal }) => !signal.aborted);
      next?.abort(name);
      if (next === steps[steps.length - 1]) setTimeout(() => process.off(name, onSignal), ECHO).unref();
    };
    process.on(name, onSignal);
  }
  process.stdout.on("error", () => controller.abort("EPIPE"));
  return controller.signal;
}
