/** When something ran and how it ended, in papermill's words, for the metadata of a cell or a notebook. */
export interface RunStamp {
  start_time: string;
  end_time: string;
  /** Seconds. */
  duration: number;
  exception: boolean;
  status: "completed" | "failed";
}

/** A stamp for what began at `start` and ends now. */
export function runStamp(start: Date, failed: boolean): RunStamp {
  const end = new Date();
  return {
    start_time: start.toISOString(),
    end_time: end.toISOString(),
    duration: (end.getTime() - start.getTime()) / 1000,
    exception: failed,
    status: failed ? "failed" : "completed",
  };
}
