/** What a contender of the zoo is asked to do once: to train or to predict so many batches of a net. */
export interface Task {
  net: string;
  work: "train" | "predict";
  /** Steps, or batches of the net's own size. */
  count: number;
  /** Ours alone: the net that plain JavaScript trains in moments. */
  tiny?: boolean;
}

/** What it answers. */
export interface Answer {
  seconds: number;
  /** Trainable ones. */
  parameters: number;
  /** The most memory that the process has held so far. */
  megabytes: number;
  /** Of each step; ours alone. */
  losses?: number[];
}
