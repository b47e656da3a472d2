import * as tf from "@tensorflow/tfjs";

/** A line of a model's summary. */
export interface LayerSummary {
  layer: string;
  kind: string;
  /** As Keras writes it: the batch is the question mark. */
  outputShape: string;
  parameters: number;
}

/** A model's layers in order, with the shapes they give and the parameters they learn. */
export function summarize(model: tf.LayersModel): LayerSummary[] {
  return model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    outputShape: `[${(layer.outputShape as tf.Shape).map((size) => size ?? "?").join(", ")}]`,
    parameters: layer.countParams(),
  }));
}
