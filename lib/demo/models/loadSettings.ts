/** How far a training is. */
export interface LoadProgress {
  /** What is being trained, for people. */
  what: string;
  done: number;
  total: number;
}

/** What all loaders of models are told. */
export interface LoadSettings {
  /** Where trained models are kept. */
  folder: string;
  /** Trains for a moment only, so that all can be tried; the answers mean nothing. */
  quick: boolean;
  /** Called with a line on what is done that takes its time. */
  log: (line: string) => void;
  onProgress: (progress: LoadProgress) => void;
  /** Stops a training. */
  signal?: AbortSignal;
}
