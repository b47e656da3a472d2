import type { Figure, ScatterTrace } from "../chart/figure";
import { toSVG } from "../chart/toSVG";
import { airyRange, trainingCurves } from "../chart/trainingCurves";
import type { TrainingInfo } from "./trainingInfo";

/** The share of an epoch after which its running mean is steady enough to draw. */
const STEADY = 0.05;

/** Loss and accuracy so far as SVG: thin lines within the epochs, dots at their ends. */
export function liveCurves(batches: TrainingInfo[], epochs: TrainingInfo[]): string {
  const held = epochs.some(({ valLoss }) => valLoss !== undefined);
  const figure = trainingCurves(
    {
      loss: epochs.map(({ loss }) => loss),
      accuracy: epochs.map(({ accuracy }) => accuracy),
      ...(held ? { valLoss: epochs.map(({ valLoss }) => valLoss ?? NaN) } : {}),
      ...(held ? { valAccuracy: epochs.map(({ valAccuracy }) => valAccuracy ?? NaN) } : {}),
    },
    { title: "" },
  );
  const steady = batches.filter(({ batch, batches: all }) => batch >= all * STEADY);
  return toSVG(placed(figure, steady, epochs), { width: 640 });
}

/** The figure with its dots over the epochs' own numbers (a resumed run does not begin at 1), and the batches behind. */
function placed({ data, layout }: Figure, batches: TrainingInfo[], epochs: TrainingInfo[]): Figure {
  const dots = (data as ScatterTrace[]).map((trace) => ({ ...trace, x: epochs.map(({ epoch }) => epoch) }));
  const total = [...batches, ...epochs].at(-1)?.epochs ?? 1;
  const epochAxis = {
    dtick: Math.max(1, Math.ceil(total / 10)),
    tick0: 0,
    range: [0, total + 0.2] as [number, number],
  };
  return {
    data: [within(batches, "loss", ""), within(batches, "accuracy", "2"), ...dots],
    layout: {
      ...layout,
      height: 260,
      margin: { ...layout.margin, t: 30 },
      legend: { ...layout.legend, y: -0.32 },
      xaxis: { ...layout.xaxis, ...epochAxis },
      xaxis2: { ...layout.xaxis2, ...epochAxis },
      yaxis: { ...layout.yaxis, range: settled(batches, epochs, ["loss", "valLoss"]) },
      yaxis2: { ...layout.yaxis2, range: settled(batches, epochs, ["accuracy", "valAccuracy"]) },
    },
  };
}

/** Room for all values but those of the first tenth of the first epoch, later of its first half, which would dwarf the rest. */
function settled(
  batches: TrainingInfo[],
  epochs: TrainingInfo[],
  names: ("loss" | "valLoss" | "accuracy" | "valAccuracy")[],
): [number, number] {
  const early = epochs.length === 0 ? 0.1 : 0.5;
  const late = batches.filter(({ epoch, batch, batches: all }) => epoch > 1 || batch > all * early);
  const shown = [...epochs, ...(late.length ? late : batches)];
  return airyRange(shown.flatMap((info) => names.map((name) => info[name] ?? NaN)));
}

/** The mean begins anew with each epoch, so the line does too. */
function within(batches: TrainingInfo[], value: "loss" | "accuracy", panel: "" | "2"): ScatterTrace {
  const points = batches.flatMap((info, index) => {
    const point = { x: info.epoch - 1 + info.batch / info.batches, y: info[value] };
    return index > 0 && batches[index - 1].epoch !== info.epoch ? [{ x: null, y: null }, point] : [point];
  });
  return {
    type: "scatter",
    mode: "lines",
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    line: { color: "rgba(31, 128, 192, 0.6)", width: 1.4 },
  };
}
