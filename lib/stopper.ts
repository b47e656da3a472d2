/** Whether a training has been asked to stop. */
export interface Stopper {
  readonly requested: boolean;
  release(): void;
}

/** Listens for Ctrl-C (in a kernel: Interrupt) and for an abort signal until released. */
export function listenForStop(signal?: AbortSignal): Stopper {
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

/**
 * A short training was interrupted. It is thrown, so that a cell with a loop of trainings ends as a whole; what was
 * learned stays.
 */
export class Interrupted extends Error {
  override name = "Interrupted";

  /**
   * @param call - whose training, as in "fit()"
   * @param done - the epochs that are complete
   */
  constructor(call: string, done: number, epochs: number) {
    super(`${call}: interrupted after ${done} of ${epochs} epochs; the model keeps what it has learned`);
  }
}
