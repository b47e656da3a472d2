/** A signal that Ctrl-C or a termination aborts: what runs then ends in order and keeps what it has. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort(name));
  return controller.signal;
}
