import { randomUUID } from "crypto";
import { pictureHTML } from "../chart/pictureHTML";
import { duration } from "../text";
import { display, inNotebook } from "./display";
import { liveCurves } from "./liveCurves";
import { progressBar } from "./progressBar";
import { throttle } from "./throttle";
import type { TrainingInfo } from "./trainingInfo";

export interface LiveTrainingOptions {
  /** Heading of the display; default "Training". */
  label?: string;
  /** Milliseconds between two updates; default 1000. */
  interval?: number;
  /** The clock in milliseconds; default `Date.now`. */
  now?: () => number;
  /** Where the line after each epoch goes; default `console.log`. */
  log?: (line: string) => void;
}

export interface LiveTraining {
  onBatch(info: TrainingInfo): void;
  onEpoch(info: TrainingInfo): void;
  /** Leaves the display tidy after a loop that stopped before its last epoch; may be left out otherwise. */
  done(): void;
}

/**
 * Callbacks for a training loop: one display with curves, progress and the time left, redrawn in place at most once a
 * second, and one line of text after each epoch. After the last epoch the curves stay as a still picture.
 */
export function liveTraining(options: LiveTrainingOptions = {}): LiveTraining {
  const { label = "Training", interval = 1000, now = Date.now, log = (line) => console.log(line) } = options;
  const id = randomUUID();
  const due = throttle(interval, now);
  const batches: TrainingInfo[] = [];
  const epochs: TrainingInfo[] = [];
  let shown = false;
  let start: number | undefined;
  const draw = (text: string, share?: number) => {
    if (!inNotebook()) return;
    const svg = liveCurves(batches, epochs);
    const html = progressBar(text, share) + pictureHTML(svg, text);
    display({ "text/html": html, "image/svg+xml": svg, "text/plain": text }, { id, update: shown });
    shown = true;
  };
  const finish = ({ epoch, epochs: total }: TrainingInfo) => {
    const clock = now() - (start ?? now());
    draw(`${label}: ${epoch} of ${total} epochs in ${duration(toldTime(epochs) ?? clock)}`);
  };
  return {
    onBatch: (info) => {
      start ??= now() - info.msPerStep;
      if (!due()) return;
      batches.push({ ...info });
      if (batches.length > MOST_POINTS) thin(batches);
      draw(`${label}: ${status(info)}`, shareOf(info));
    },
    onEpoch: (info) => {
      start ??= now() - info.msPerStep * info.batches;
      epochs.push({ ...info });
      log(epochLine(info));
      if (info.epoch >= info.epochs) finish(info);
    },
    done: () => {
      const last = epochs[epochs.length - 1];
      if (last && last.epoch < last.epochs) finish(last);
    },
  };
}

const MOST_POINTS = 300;

/** Every second point goes when there are too many, so that the picture stays small. */
function thin(points: TrainingInfo[]): void {
  points.splice(0, points.length, ...points.filter((_, index) => index % 2 === 0));
}

/** Milliseconds by the epochs' own account, which holds for those out of checkpoints too; undefined where one has none. */
function toldTime(epochs: TrainingInfo[]): number | undefined {
  if (epochs.some(({ seconds }) => seconds === undefined)) return undefined;
  return epochs.reduce((sum, { seconds = 0 }) => sum + seconds * 1000, 0);
}

function shareOf({ epoch, epochs, batch, batches }: TrainingInfo): number {
  return (epoch - 1 + batch / batches) / epochs;
}

function status(info: TrainingInfo): string {
  const stepsLeft = info.batches - info.batch + (info.epochs - info.epoch) * info.batches;
  const scores = `accuracy ${info.accuracy.toFixed(4)}, loss ${info.loss.toFixed(4)}`;
  return `epoch ${info.epoch} of ${info.epochs}, batch ${info.batch} of ${info.batches}, ${scores}, ${duration(stepsLeft * info.msPerStep)} left`;
}

/** The line Keras prints after an epoch. */
function epochLine({ epoch, epochs, batches, msPerStep, ...scores }: TrainingInfo): string {
  const parts = [
    `${Math.round((batches * msPerStep) / 1000)}s ${Math.round(msPerStep)}ms/step`,
    `accuracy: ${scores.accuracy.toFixed(4)}`,
    `loss: ${scores.loss.toFixed(4)}`,
    ...(scores.valAccuracy === undefined ? [] : [`val_accuracy: ${scores.valAccuracy.toFixed(4)}`]),
    ...(scores.valLoss === undefined ? [] : [`val_loss: ${scores.valLoss.toFixed(4)}`]),
  ];
  return `Epoch ${epoch}/${epochs}  ${batches}/${batches} - ${parts.join(" - ")}`;
}
