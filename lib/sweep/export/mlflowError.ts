/** An MLflow server cannot be reached, or refuses. The message is one line. */
export class MLflowError extends Error {
  readonly code = "ERR_MLFLOW";

  /**
   * @param reason - MLflow's name of a refusal, as `RESOURCE_DOES_NOT_EXIST`; undefined where it gave none
   */
  constructor(
    message: string,
    readonly reason?: string,
  ) {
    super(message);
  }
}
