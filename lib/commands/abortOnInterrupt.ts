/** npm passes the terminal's Ctrl-C on to what has heard it already: within this time, in ms, both are one. */
const ECHO = 1000;

/**
 * A signal that Ctrl-C or a termination aborts: what runs then ends in order and keeps what it has. Asked again later,
 * the process ends at once.
 */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    const hear = () => {
      controller.abort(name);
      setTimeout(() => process.off(name, hear), ECHO).unref();
    };
    process.on(name, hear);
  }
  return controller.signal;
}
