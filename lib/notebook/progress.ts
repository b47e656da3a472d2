import { randomUUID } from "crypto";
import { duration } from "../text";
import { display, inNotebook } from "./display";
import { progressBar } from "./progressBar";
import { throttle } from "./throttle";

export interface ProgressOptions {
  /** How many steps there are. */
  total: number;
  label: string;
  /** Milliseconds between two updates; default 1000. */
  interval?: number;
  /** The clock in milliseconds; default `Date.now`. */
  now?: () => number;
}

export interface Progress {
  /** Tells how many of the steps are done by now; drawn at most once a second. */
  update(done: number): void;
  /** Leaves the label with the time it took. */
  done(): void;
}

/** One progress bar for a slow step, in place, with the time left. Outside a notebook it only logs the end. */
export function progress({ total, label, interval = 1000, now = Date.now }: ProgressOptions): Progress {
  const id = randomUUID();
  const start = now();
  const due = throttle(interval, now);
  let shown = false;
  const draw = (text: string, share?: number) => {
    display({ "text/html": progressBar(text, share), "text/plain": text }, { id, update: shown });
    shown = true;
  };
  return {
    update: (done) => {
      if (!inNotebook() || !due()) return;
      const left = done > 0 ? `, ${duration(((now() - start) * (total - done)) / done)} left` : "";
      draw(`${label}: ${done} of ${total}${left}`, done / total);
    },
    done: () => draw(`${label}: ${total} in ${duration(now() - start)}`),
  };
}
