/** How calls are gathered. */
export interface BatchOptions {
  /** Rows of one call at most, default 64. */
  most?: number;
  /** Milliseconds to wait for company before the first call; default 0: only what comes in the same moment. */
  wait?: number;
}

/**
 * Gathers single rows into calls of a model. While one call works the next ones gather, so that a busy model gets
 * large batches, and an idle one answers at once.
 *
 * @param call - [n, width] rows -> [n, outputs]
 * @returns a function from one row, [width], to its outputs; it is rejected with what its call was rejected with
 */
export function newBatcher(
  call: (rows: Float32Array) => Promise<Float32Array>,
  { most = 64, wait = 0 }: BatchOptions = {},
): (row: Float32Array) => Promise<Float32Array> {
  const waiting: Waiting[] = [];
  let working = false;

  async function work(): Promise<void> {
    working = true;
    await new Promise((resolve) => (wait > 0 ? setTimeout(resolve, wait) : setImmediate(resolve)));
    while (waiting.length > 0) await answer(waiting.splice(0, most), call);
    working = false;
  }

  return (row) =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      if (!working) void work();
    });
}

interface Waiting {
  row: Float32Array;
  resolve: (outputs: Float32Array) => void;
  reject: (cause: unknown) => void;
}

async function answer(batch: Waiting[], call: (rows: Float32Array) => Promise<Float32Array>): Promise<void> {
  try {
    const width = batch[0].row.length;
    const rows = new Float32Array(batch.length * width);
    batch.forEach(({ row }, place) => rows.set(row, place * width));
    const outputs = await call(rows);
    const size = outputs.length / batch.length;
    batch.forEach(({ resolve }, place) => resolve(outputs.slice(place * size, (place + 1) * size)));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
