import type { TrainingState } from "./trainingInfo";

/** What an epoch meter works with. */
export interface EpochMeterOptions {
  epoch: number;
  epochs: number;
  /** Batches of an epoch, where that is known. */
  batches?: number;
  /** How many there were in the epoch before, where nobody knows. */
  expected?: number;
  /** Whether the time of the last batch holds the validation. */
  validatesInBatch: boolean;
  /** The clock in milliseconds. */
  now: () => number;
}

/** Takes the means and the time of one epoch. */
export interface EpochMeter {
  /** Adds a batch: its numbers by name, its `size` among them. */
  add(numbers: Readonly<Record<string, number>>): TrainingState;
  /** Takes the epoch's own means. */
  end(numbers: Readonly<Record<string, number>>): TrainingState;
}

/** An epoch that begins now. */
export function newEpochMeter(options: EpochMeterOptions): EpochMeter {
  const { epoch, epochs, batches: known, expected, validatesInBatch, now } = options;
  const start = now();
  const sums: Record<string, number> = {};
  let [batch, seen, msPerStep] = [0, 0, 0];
  const longest = () => known ?? (expected === undefined ? undefined : Math.max(expected, batch));
  return {
    add: (numbers) => {
      const { size = 1 } = numbers;
      batch++;
      seen += size;
      if (!(validatesInBatch && batch === known && batch > 1)) msPerStep = (now() - start) / batch;
      const scores: Record<string, number> = {};
      for (const name in numbers) {
        if (name === "size" || name === "batch") continue;
        sums[name] = (sums[name] ?? 0) + numbers[name] * size;
        scores[shownName(name)] = sums[name] / seen;
      }
      return { epoch, epochs, batch, batches: longest(), msPerStep, scores };
    },
    end: (numbers) => {
      const scores = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [shownName(name), value]));
      const batches = known ?? batch;
      return { epoch, epochs, batch, batches, msPerStep, scores, seconds: (now() - start) / 1000 };
    },
  };
}

/** TensorFlow.js calls a metric by the name of its function, which may have none. */
function shownName(name: string): string {
  return name === "" || name === "val_" ? `${name}metric` : name;
}
