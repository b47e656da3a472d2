import { randomUUID } from "crypto";
import { escapeLabel, type Figure } from "../chart/figure";
import { figureHTML } from "../chart/figureHTML";
import { pictureHTML } from "../chart/pictureHTML";
import { toSVG } from "../chart/toSVG";
import { duration, shownNumber } from "../text";
import { appendRecords } from "./appendRecords";
import { display, inNotebook, type Bundle } from "./display";
import { epochLine, shortTime, sortedScores } from "./epochLine";
import { epochRecords } from "./epochRecords";
import { liveCurves } from "./liveCurves";
import { newPace } from "./pace";
import { progressBar } from "./progressBar";
import { RECORD_MIME } from "./record";
import type { TrainingEnding, TrainingState } from "./trainingInfo";

/** Options of `liveTraining`. */
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

/** What a view of a training works with. */
export interface TrainingViewOptions extends LiveTrainingOptions {
  /** What stays in the end: a still picture, or a Plotly figure with its other forms. */
  leaves: "picture" | "figure";
}

/** What anybody sees of a training. */
export interface TrainingView {
  /** Shows how it stands after a batch. */
  onBatch(state: TrainingState): void;
  /** Shows how it stands after an epoch. */
  onEpoch(state: TrainingState): void;
  /** Leaves the display tidy, however the training ended; without it the last epoch does so. */
  done(end?: TrainingEnding): void;
}

const LEAST_POINTS = 3; // of a curve that is worth a picture
const MOST_POINTS = 300;
const LINE_INTERVAL = 10_000; // ms between two lines within an epoch where nothing can be drawn

/**
 * One view of a training, whatever runs it: in a notebook one display with curves, progress and the time left, redrawn in
 * place a few times a second, elsewhere a line every ten seconds; in both, one line of text after each epoch. At the end the
 * scores of all epochs are recorded, as `record` does with lists.
 */
export function newTrainingView(options: TrainingViewOptions): TrainingView {
  const { label = "Training", interval = 300, log = (line) => console.log(line), leaves } = options;
  const { now = () => performance.now() } = options;
  const batches: TrainingState[] = [];
  const epochs: TrainingState[] = [];
  const show = newDrawing();
  let finished = false;
  let start: number | undefined;
  const inPace = newPace(inNotebook() ? interval : LINE_INTERVAL, now);
  if (!inNotebook()) inPace(() => {}); // the first line comes after an interval too
  const draw = (state: TrainingState) => {
    const text = `${label}: ${status(state, epochs.at(-1), now() - (start ?? now()))}`;
    if (!inNotebook()) return log(text);
    batches.push({ ...state });
    if (batches.length > MOST_POINTS) thin(batches);
    show(picture(liveCurves(batches, epochs), text, shareOf(state)));
  };
  const finish = (end: TrainingEnding = { stopped: false }) => {
    const last = epochs.at(-1) ?? batches.at(-1);
    if (finished || !last) return;
    finished = true;
    const records = epochRecords(epochs, options.label);
    if (!inNotebook()) return appendRecords(records);
    const took = duration(trainedTime(epochs) ?? now() - (start ?? now()));
    const text = `${label}: ${ending(epochs, last, end)} in ${took}${end.note ? `; ${end.note}` : ""}`;
    if (epochs.length === 0 && batches.length < LEAST_POINTS) return show(textBundle(text));
    const curves = liveCurves(batches, epochs, { over: true });
    const still = leaves === "figure" ? stillFigure(curves, text) : picture(curves, text);
    show(records.length > 0 ? { ...still, [RECORD_MIME]: records } : still);
  };
  return {
    onBatch: (state) => {
      start ??= now() - state.msPerStep;
      inPace(() => draw(state));
    },
    onEpoch: (state) => {
      start ??= now() - state.msPerStep * state.batch;
      epochs.push({ ...state });
      log(epochLine(state));
      if (state.epoch >= state.epochs) finish();
    },
    done: finish,
  };
}

/** Shows a bundle the first time, and later ones in its place. */
function newDrawing(): (bundle: Bundle) => void {
  const id = randomUUID();
  let update = false;
  return (bundle) => {
    display(bundle, { id, update });
    update = true;
  };
}

/** Curves as a still picture under a line of text, with a bar where a share is given. */
function picture(curves: Figure, text: string, share?: number): Bundle {
  const svg = toSVG(curves, { width: WIDTH });
  const html = progressBar(text, share) + pictureHTML(svg, text);
  return { "text/html": html, "image/svg+xml": svg, "text/plain": text };
}

function textBundle(text: string): Bundle {
  return { "text/html": progressBar(text), "text/plain": text };
}

const WIDTH = 640;

/** The curves with the line of text as their title, in every form that a figure has. */
function stillFigure(curves: Figure, text: string): Bundle {
  const figure = titled(curves, text);
  const svg = toSVG(figure, { width: WIDTH });
  const { data, layout, config = {} } = figure;
  return {
    "application/vnd.plotly.v1+json": { data, layout, config },
    "text/html": figureHTML(figure, pictureHTML(svg, text)),
    "image/svg+xml": svg,
    "text/plain": text,
  };
}

function titled({ data, layout, config }: Figure, text: string): Figure {
  const { height, margin, title } = layout;
  const named = { ...title, text: escapeLabel(text).replace("; ", ";<br>"), font: { size: 13, weight: 600 } };
  const room = named.text.includes("<br>") ? 46 : 28;
  const larger = { height: height + room, margin: { ...margin, t: margin.t + room } };
  return { data, layout: { ...layout, ...larger, title: named }, config };
}

/** Every second point goes when there are too many, so that the picture stays small. */
function thin(points: TrainingState[]): void {
  points.splice(0, points.length, ...points.filter((_, index) => index % 2 === 0));
}

/** Milliseconds by the epochs' own account, which holds for those out of checkpoints too; undefined where one has none. */
function trainedTime(epochs: TrainingState[]): number | undefined {
  if (epochs.length === 0 || epochs.some(({ seconds }) => seconds === undefined)) return undefined;
  return epochs.reduce((sum, { seconds = 0 }) => sum + seconds * 1000, 0);
}

function shareOf({ epoch, epochs, batch, batches }: TrainingState): number | undefined {
  return batches === undefined ? undefined : (epoch - 1 + batch / batches) / epochs;
}

function status(state: TrainingState, last: TrainingState | undefined, passed: number): string {
  const { epoch, epochs, batch, batches, msPerStep } = state;
  const left = timeLeft(state, last);
  return [
    `epoch ${epoch} of ${epochs}`,
    `batch ${batch} of ${batches ?? "?"}`,
    ...sortedScores(state).map(([name, value]) => `${name} ${shownNumber(value)}`),
    `${shortTime(msPerStep)}/step`,
    left === undefined ? `${duration(passed)} so far` : `${duration(left)} left`,
  ].join(", ");
}

/** Milliseconds for the steps to come, and for as many validations as there are epochs left, each as long as the last one. */
function timeLeft(state: TrainingState, last?: TrainingState): number | undefined {
  const { epoch, epochs, batch, batches, msPerStep } = state;
  if (batches === undefined) return undefined;
  const steps = batches - batch + (epochs - epoch) * batches;
  const validation = last?.seconds === undefined ? 0 : last.seconds * 1000 - last.batch * last.msPerStep;
  return steps * msPerStep + (epochs - epoch + 1) * Math.max(0, validation);
}

function ending(epochs: TrainingState[], { epoch, epochs: total }: TrainingState, end: TrainingEnding): string {
  const reused = epochs.filter((info) => info.reused).length;
  const source = reused === 0 ? "" : ` (${reused === epochs.length ? "all" : reused} taken from checkpoints)`;
  const verb = end.failed ? "broken off after " : end.stopped ? "stopped after " : "";
  return `${verb}${epochs.length === 0 ? epoch - 1 : epoch} of ${total} epochs${source}`;
}
