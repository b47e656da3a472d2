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
