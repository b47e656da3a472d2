import { extent } from "../chart/extent";
import { airyRange } from "../chart/airyRange";
import { rounded, type Figure, type ScatterTrace } from "../chart/figure";
import { scoreCurves } from "../chart/scoreCurves";
import type { TrainingState } from "./trainingInfo";

/** The share of an epoch after which its running mean is steady enough to draw. */
const STEADY = 0.05;
/** More scores than this stand in the lines only. */
const MOST_PANELS = 8;
const HEADINGS: Record<string, string> = { loss: "Loss", accuracy: "Accuracy", acc: "Accuracy" };

/** A point within an epoch, whose length is known by now. */
type Placed = TrainingState & { batches: number };

/**
 * The scores so far, of which there must be some, one panel each: thin lines within the epochs, dots at their ends,
 * validation beside training. A training that is not over leaves room for the epochs to come.
 */
export function liveCurves(batches: TrainingState[], epochs: TrainingState[], { over = false } = {}): Figure {
  const points = withLengths(batches, epochs);
  const names = scoreNames([...epochs, ...batches]).slice(0, MOST_PANELS);
  const panels = names.map((name) => ({
    heading: HEADINGS[name] ?? name,
    training: valuesOf(epochs, name),
    validation: epochs.some(({ scores }) => `val_${name}` in scores) ? valuesOf(epochs, `val_${name}`) : undefined,
  }));
  const figure = scoreCurves(panels, { plotHeight: 152, top: 30 });
  const steady = points.filter(({ batch, batches: all }) => batch >= all * STEADY);
  return placed(figure, { states: [...epochs, ...points], steady, epochs, names, over });
}

/** The names of all scores in their order, without those of validation. */
function scoreNames(states: TrainingState[]): string[] {
  const keys = states.flatMap(({ scores }) => Object.keys(scores));
  return [...new Set(keys.map((name) => name.replace(/^val_/, "")))];
}

function valuesOf(states: TrainingState[], name: string): number[] {
  return states.map(({ scores }) => scores[name] ?? NaN);
}

/** An epoch of unknown length is drawn as long as it has become. */
function withLengths(batches: TrainingState[], epochs: TrainingState[]): Placed[] {
  const lengths = new Map([...batches, ...epochs].map(({ epoch, batch }) => [epoch, batch]));
  return batches.map((point) => ({ ...point, batches: point.batches ?? lengths.get(point.epoch) ?? point.batch }));
}

/** What a figure is drawn from. */
interface Drawn {
  /** All there is, at least one. */
  states: TrainingState[];
  steady: Placed[];
  epochs: TrainingState[];
  names: string[];
  over: boolean;
}

/** The figure with its dots over the epochs' own numbers (a resumed run does not begin at 1), and the batches behind. */
function placed({ data, layout, config }: Figure, drawn: Drawn): Figure {
  const { states, steady, epochs, names, over } = drawn;
  const dots = (data as ScatterTrace[]).map((trace) => ({ ...trace, x: epochs.map(({ epoch }) => epoch) }));
  const [first, reached] = extent(states.map(({ epoch }) => epoch));
  const last = over ? reached : states[0].epochs;
  const across = {
    dtick: Math.max(1, Math.ceil((last - first + 1) / 10)),
    tick0: 0,
    range: [first - 1, last + 0.2] as [number, number],
  };
  const axes = names.flatMap((name, index): [string, object][] => {
    const [x, y] = [`xaxis${suffix(index)}`, `yaxis${suffix(index)}`] as ["xaxis", "yaxis"];
    return [
      [x, { ...layout[x], ...across }],
      [y, { ...layout[y], range: settled(drawn, [name, `val_${name}`]) }],
    ];
  });
  const lines = names.map((name, index) => within(steady, name, suffix(index)));
  return { data: [...lines, ...dots], layout: { ...layout, ...Object.fromEntries(axes) }, config };
}

/** What Plotly calls the axes of a panel: "", "2", "3" and so on. */
function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

/** Room for all values but those of the first tenth of the first epoch, later of its first half, which would dwarf the rest. */
function settled({ steady, epochs }: Drawn, names: string[]): [number, number] {
  const early = epochs.length === 0 ? 0.1 : 0.5;
  const first = steady.at(0)?.epoch;
  const late = steady.filter(({ epoch, batch, batches: all }) => epoch !== first || batch > all * early);
  const shown = [...epochs, ...(late.length ? late : steady)];
  return airyRange(shown.flatMap(({ scores }) => names.map((name) => scores[name] ?? NaN)));
}

/** The mean begins anew with each epoch, so the line does too. */
function within(steady: Placed[], name: string, panel: string): ScatterTrace {
  const points = steady.flatMap(({ epoch, batch, batches, scores }, index) => {
    const point = { x: epoch - 1 + batch / batches, y: scores[name] ?? NaN };
    return index > 0 && steady[index - 1].epoch !== epoch ? [{ x: NaN, y: NaN }, point] : [point];
  });
  return {
    type: "scatter",
    mode: "lines",
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    showlegend: false,
    hoverinfo: "skip",
    x: rounded(
      points.map(({ x }) => x),
      6,
    ),
    y: rounded(points.map(({ y }) => y)),
    line: { color: "rgba(31, 128, 192, 0.6)", width: 1.4 },
  };
}
