import { randomUUID } from "crypto";
import { duration } from "../text";
import { display, inNotebook } from "./display";
import { newPace } from "./pace";
import { progressBar } from "./progressBar";

/** Options of `progress`. */
export interface ProgressOptions {
  label: string;
  /** How many steps there are, where those who tell of steps do not say it. */
  total?: number;
  /** Milliseconds before the bar is shown: what ends earlier needs none. Default 2000. */
  patience?: number;
  /** Milliseconds between two updates; default 300. */
  interval?: number;
  /** The clock in milliseconds; default `Date.now`. */
  now?: () => number;
}

/** An epoch of a training, by its number from 1, or with more that is known of it. */
export type EpochReport = number | { epoch: number; epochs?: number };

/** A progress bar in a cell. */
export interface Progress {
  /** Tells how many of the steps are done by now. */
  update(done: number, total?: number): void;
  /** The same, as `predict`, `evaluate` and `embed` tell it. */
  onProgress(done: number, total?: number): void;
  /** The same, as `trainForecaster` and `fit` tell it. */
  onEpoch(report: EpochReport): void;
  /** Leaves the label with the time it took; may be left out where a bar of a few seconds need leave no line. */
  done(): void;
}

/**
 * One progress bar for a slow step, in place, with the time left, redrawn a few times a second. It goes into the
 * options of that step: `await evaluate(model, examples, progress({ label: "Scoring" }))`. Outside a notebook only
 * `done()` logs a line; where it is not called nothing is logged.
 */
export function progress(options: ProgressOptions): Progress {
  const { label, patience = 2000, interval = 300, now = Date.now } = options;
  const id = randomUUID();
  const start = now();
  const inPace = newPace(interval, now);
  let steps = options.total ?? 0;
  let shown = false;
  const draw = (text: string, share?: number) => {
    display({ "text/html": progressBar(text, share), "text/plain": text }, { id, update: shown });
    shown = true;
  };
  const end = () => draw(`${label}: ${steps} in ${duration(now() - start)}`);
  const update = (done: number, total = steps) => {
    steps = total;
    if (!inNotebook() || now() - start < patience) return;
    if (done >= total) return shown ? end() : undefined;
    const left = done > 0 ? `, ${duration(((now() - start) * (total - done)) / done)} left` : "";
    inPace(() => draw(`${label}: ${done} of ${total}${left}`, done / total));
  };
  return {
    update,
    onProgress: update,
    onEpoch: (report) => (typeof report === "number" ? update(report) : update(report.epoch, report.epochs)),
    done: end,
  };
}
