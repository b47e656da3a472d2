import { randomUUID } from "crypto";
import { pictureHTML } from "../chart/pictureHTML";
import { duration } from "../text";
import { display, inNotebook } from "./display";
import { epochLine } from "./epochLine";
import { liveCurves } from "./liveCurves";
import { newPace } from "./pace";
import { progressBar } from "./progressBar";
import type { EndInfo, TrainingInfo } from "./trainingInfo";

export interface LiveTrainingOptions {
  /** Heading of the display; default "Training". */
  label?: string;
  /** Milliseconds between two updates, more where drawing is slow; default 300. */
  interval?: number;
  /** The clock in milliseconds; default `performance.now`. */
  now?: () => number;
  /** Where the line after each epoch goes; default `console.log`. */
  log?: (line: string) => void;
}

export interface LiveTraining {
  onBatch(info: TrainingInfo): void;
  onEpoch(info: TrainingInfo): void;
  /** Leaves the display tidy, also where the training was stopped; without it the last epoch does so. */
  done(end?: EndInfo): void;
}

/**
 * Callbacks for a training loop: one display with curves, progress and the time left, redrawn in place a few times a
 * second, and one line of text after each epoch. In the end the curves stay as a still picture.
 */
export function liveTraining(options: LiveTrainingOptions = {}): LiveTraining {
  const { label = "Training", interval = 300, log = (line) => console.log(line) } = options;
  const { now = () => performance.now() } = options;
  const id = randomUUID();
  const inPace = newPace(interval, now);
  const batches: TrainingInfo[] = [];
  const epochs: TrainingInfo[] = [];
  let [shown, finished] = [false, false];
  let start: number | undefined;
  const draw = (text: string, share?: number) => {
    if (!inNotebook()) return;
    const svg = liveCurves(batches, epochs);
    const html = progressBar(text, share) + pictureHTML(svg, text);
    display({ "text/html": html, "image/svg+xml": svg, "text/plain": text }, { id, update: shown });
    shown = true;
  };
  const finish = (end: EndInfo = { stopped: false }) => {
    const last = epochs.at(-1) ?? batches.at(-1);
    if (finished || !last) return;
    finished = true;
    const took = duration(toldTime(epochs) ?? now() - (start ?? now()));
    draw(`${label}: ${ending(epochs, last, end)} in ${took}${keptNote(end)}`);
  };
  return {
    onBatch: (info) => {
      start ??= now() - info.msPerStep;
      inPace(() => {
        batches.push({ ...info });
        if (batches.length > MOST_POINTS) thin(batches);
        draw(`${label}: ${status(info, epochs)}`, shareOf(info));
      });
    },
    onEpoch: (info) => {
      start ??= now() - info.msPerStep * info.batches;
      epochs.push({ ...info });
      log(epochLine(info));
      if (info.epoch >= info.epochs) finish();
    },
    done: finish,
  };
}

const MOST_POINTS = 300;

/** Every second point goes when there are too many, so that the picture stays small. */
function thin(points: TrainingInfo[]): void {
  points.splice(0, points.length, ...points.filter((_, index) => index % 2 === 0));
}

/** Milliseconds by the epochs' own account, which holds for those out of checkpoints too; undefined where one has none. */
function toldTime(epochs: TrainingInfo[]): number | undefined {
  if (epochs.length === 0 || epochs.some(({ seconds }) => seconds === undefined)) return undefined;
  return epochs.reduce((sum, { seconds = 0 }) => sum + seconds * 1000, 0);
}

function shareOf({ epoch, epochs, batch, batches }: TrainingInfo): number {
  return (epoch - 1 + batch / batches) / epochs;
}

function status(info: TrainingInfo, done: TrainingInfo[]): string {
  const { epoch, epochs, batch, batches, accuracy, loss } = info;
  const scores = `accuracy ${accuracy.toFixed(4)}, loss ${loss.toFixed(4)}`;
  return `epoch ${epoch} of ${epochs}, batch ${batch} of ${batches}, ${scores}, ${duration(timeLeft(info, done.at(-1)))} left`;
}

/** Milliseconds for the steps to come, and for as many validations as there are epochs left, each as long as the last one. */
function timeLeft({ epoch, epochs, batch, batches, msPerStep }: TrainingInfo, last?: TrainingInfo): number {
  const steps = batches - batch + (epochs - epoch) * batches;
  const validation = last?.seconds === undefined ? 0 : last.seconds * 1000 - last.batches * last.msPerStep;
  return steps * msPerStep + (epochs - epoch + 1) * Math.max(0, validation);
}

function ending(epochs: TrainingInfo[], { epoch, epochs: total }: TrainingInfo, { stopped }: EndInfo): string {
  const reused = epochs.filter((info) => info.reused).length;
  const source = reused === 0 ? "" : ` (${reused === epochs.length ? "all" : reused} taken from checkpoints)`;
  return `${stopped ? "stopped after " : ""}${epochs.length === 0 ? 0 : epoch} of ${total} epochs${source}`;
}

function keptNote({ keptEpoch }: EndInfo): string {
  return keptEpoch === undefined ? "" : `; the weights of epoch ${keptEpoch} are kept`;
}
