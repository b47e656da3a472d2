/** Slurm cannot be reached, or refuses. The message is one line. */
export class SlurmError extends Error {
  readonly code = "ERR_SLURM";

  /** @param isAway - whether its controller does not answer, as while it is started anew */
  constructor(
    message: string,
    readonly isAway = false,
  ) {
    super(message);
  }
}
