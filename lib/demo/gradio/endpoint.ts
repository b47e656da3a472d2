import type { Input, Output } from "../components/component";
import type { Queue } from "../work/queue";

/** A function that Gradio's clients can call by its name. */
export interface Endpoint {
  /** As in "classify", without a slash. */
  name: string;
  /** A sentence for people. */
  description: string;
  inputs: NamedInput[];
  outputs: Output[];
  /** Whether pictures come as the files that were sent, to be decoded by the function itself; default false. */
  takesFiles?: boolean;
  /** Where its calls wait their turn. */
  queue: Queue;
  /**
   * From the values of the inputs to those of the outputs, or, one after the other, to several such lists, of which the last
   * is the result.
   */
  run(values: unknown[], call: Call): Promise<unknown[]> | AsyncGenerator<unknown[], void>;
}

/** An input and the name of its argument in calls by name. */
export type NamedInput = Input & { name: string };

/** What a function may know and tell while it works. */
export interface Call {
  /** Aborted when the client has gone, has cancelled, or the time is over. */
  signal: AbortSignal;
  /** Tells how far the work is. */
  progress(done: number, total: number, description?: string): void;
}
