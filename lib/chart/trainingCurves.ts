import { rounded, type Annotation, type Figure, type ScatterTrace } from "./figure";
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
    ...(valLoss ? [curve(valLoss, "validation", "")] : []),
    curve(accuracy, "training", "2"),
    ...(valAccuracy ? [curve(valAccuracy, "validation", "2")] : []),
  ];
  const epochs = {
    tick0: 1,
    dtick: Math.max(1, Math.ceil(loss.length / 10)),
    title: { text: "epoch" },
    showgrid: false,
  };
  return themed(traces, title, {
    height: 340,
    margin: { l: 48, r: 16, t: 78, b: 74 },
    showlegend: Boolean(valLoss ?? valAccuracy),
    legend: { ...LEGEND_BELOW, y: -0.24 },
    xaxis: axis({ ...epochs, domain: [0, 0.44], anchor: "y" }),
    yaxis: axis({ anchor: "x" }),
    xaxis2: axis({ ...epochs, domain: [0.56, 1], anchor: "y2" }),
    yaxis2: axis({ anchor: "x2" }),
    annotations: [heading("Loss", 0), heading("Accuracy", 0.56)],
  });
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
