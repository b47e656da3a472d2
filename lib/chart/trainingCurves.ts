import { rounded, type Annotation, type Axis, type Figure, type ScatterTrace } from "./figure";
import { axis, BLUE, LEGEND_BELOW, ORANGE, themed } from "./theme";

/** One value an epoch. */
export interface TrainingHistory {
  loss: number[];
  accuracy: number[];
  valLoss?: number[];
  valAccuracy?: number[];
}

/** Loss and accuracy after each epoch in two panels, training and (where given) validation. */
export function trainingCurves(history: TrainingHistory, { title = "Training history" } = {}): Figure {
  const { loss, accuracy, valLoss, valAccuracy } = history;
  const traces = [
    curve(loss, "training", ""),
    ...(valLoss?.length ? [curve(valLoss, "validation", "")] : []),
    curve(accuracy, "training", "2"),
    ...(valAccuracy?.length ? [curve(valAccuracy, "validation", "2")] : []),
  ];
  const epochs = epochAxis(loss.length);
  return themed(traces, title, {
    height: 340,
    margin: { l: 48, r: 16, t: 78, b: 78 },
    showlegend: Boolean(valLoss?.length),
    legend: { ...LEGEND_BELOW, y: -0.27 },
    xaxis: axis({ ...epochs, domain: [0, 0.44], anchor: "y" }),
    yaxis: axis({ anchor: "x", range: airyRange([...loss, ...(valLoss ?? [])]) }),
    xaxis2: axis({ ...epochs, domain: [0.56, 1], anchor: "y2" }),
    yaxis2: axis({ anchor: "x2", range: airyRange([...accuracy, ...(valAccuracy ?? [])]) }),
    annotations: [heading("Loss", 0), heading("Accuracy", 0.56)],
  });
}

function epochAxis(count: number): Axis {
  const range: [number, number] = [0.7, Math.max(count, 1) + 0.3];
  return {
    tick0: 1,
    dtick: Math.max(1, Math.ceil(count / 10)),
    range,
    title: { text: "epoch", standoff: 4 },
    showgrid: false,
  };
}

/** From the least to the largest value with some air, also where there is one value or none. */
export function airyRange(values: number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const air = 0.06 * (high - low || Math.abs(high) || 1);
  return [low - air, high + air];
}

function curve(values: number[], name: "training" | "validation", panel: "" | "2"): ScatterTrace {
  const held = name === "validation";
  const colour = held ? ORANGE : BLUE;
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    showlegend: panel === "",
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
    x: values.map((_, epoch) => epoch + 1),
    y: rounded(values),
    line: { color: colour, width: 2, dash: held ? "dash" : "solid" },
    marker: { color: colour, size: 5, symbol: held ? "diamond" : "circle" },
    hovertemplate: `epoch %{x}: %{y:.4f}<extra>${name}</extra>`,
  };
}

function heading(text: string, x: number): Annotation {
  const place = { x, y: 1, xref: "paper", yref: "paper", xanchor: "left" as const, yanchor: "bottom" as const };
  return { text: `<b>${text}</b>`, ...place, yshift: 6, showarrow: false, font: { size: 13 } };
}
