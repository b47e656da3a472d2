/** What a machine has, and what one row takes. */
export interface RowNeeds {
  cores: number;
  /** Bytes that are free. */
  memory: number;
  /** Threads of the compiled kernels in each row. */
  threads: number;
  /** Bytes that a row takes. */
  rowMemory: number;
}

/** How many rows a machine bears at once: as many as its cores and its free memory are enough for, and at least one. */
export function rowsAtOnce({ cores, memory, threads, rowMemory }: RowNeeds): number {
  return Math.max(1, Math.min(Math.floor(cores / threads), Math.floor(memory / rowMemory)));
}
