/** Whether a training has been asked to stop. */
export interface StopRequest {
  readonly requested: boolean;
  /** Listens no longer. */
  release(): void;
}

/** Listens for Ctrl-C (in a kernel: Interrupt) and for an abort signal until released. */
export function listenForStop(signal?: AbortSignal): StopRequest {
  let interrupted = false;
  const interrupt = () => void (interrupted = true);
  process.once("SIGINT", interrupt);
  return {
    get requested() {
      return interrupted || (signal?.aborted ?? false);
    },
    release: () => void process.removeListener("SIGINT", interrupt),
  };
}
