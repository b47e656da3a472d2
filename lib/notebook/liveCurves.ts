import type { Figure, ScatterTrace } from "../chart/figure";
import { toSVG } from "../chart/toSVG";
import { trainingCurves } from "../chart/trainingCurves";
import type { TrainingInfo } from "./trainingInfo";

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
  return toSVG(placed(figure, batches, epochs), { width: 640 });
}

/** The figure with its dots over the epochs' own numbers (a resumed run does not begin at 1), and the batches behind. */
function placed({ data, layout }: Figure, batches: TrainingInfo[], epochs: TrainingInfo[]): Figure {
  const dots = (data as ScatterTrace[]).map((trace) => ({ ...trace, x: epochs.map(({ epoch }) => epoch) }));
  const total = [...batches, ...epochs].at(-1)?.epochs ?? 1;
  const range: [number, number] = [0, total + 0.2];
  const epochAxis = { dtick: Math.max(1, Math.ceil(total / 10)), tick0: 0, range };
  return {
    data: [within(batches, "loss", ""), within(batches, "accuracy", "2"), ...dots],
    layout: {
      ...layout,
      height: 250,
      margin: { ...layout.margin, t: 30 },
      xaxis: { ...layout.xaxis, ...epochAxis },
      xaxis2: { ...layout.xaxis2, ...epochAxis },
    },
  };
}

function within(batches: TrainingInfo[], value: "loss" | "accuracy", panel: "" | "2"): ScatterTrace {
  return {
    type: "scatter",
    mode: "lines",
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    x: batches.map(({ epoch, batch, batches: all }) => epoch - 1 + batch / all),
    y: batches.map((info) => info[value]),
    line: { color: "rgba(31, 128, 192, 0.45)", width: 1.2 },
  };
}
