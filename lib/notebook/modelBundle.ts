import { counted } from "../text";
import type { Bundle } from "./display";
import { toGrid } from "./grid";
import { gridBundle } from "./table";

/** A layers model of TensorFlow.js, or what answers like one. */
export interface ModelLike {
  readonly name: string;
  readonly layers: readonly LayerLike[];
  /** What learns; it may throw before the model knows the shape of its input. */
  readonly trainableWeights: readonly { readonly shape: readonly (number | null)[] }[];
  getClassName(): string;
}

/** One of its layers. */
export interface LayerLike {
  readonly name: string;
  /** Throws before the layer was built. */
  readonly outputShape: unknown;
  getClassName(): string;
  /** Throws before the layer was built. */
  countParams(): number;
}

const MOST_LAYERS = 100;

/** A model's layers with the shapes they give and the numbers they hold, as Keras' summary has them; the batch is the question mark. */
export function modelBundle(model: ModelLike): Bundle {
  const rows = model.layers.map((layer) => [
    layer.name,
    layer.getClassName(),
    orUndefined(() => shapeText(layer.outputShape)),
    orUndefined(() => layer.countParams()),
  ]);
  const listing = { columns: ["layer", "kind", "outputShape", "parameters"], rows };
  return gridBundle({ ...toGrid(listing), foot: modelText(model) }, { rows: MOST_LAYERS });
}

/** A model in a line: its kind, its name, its layers and what they hold. */
export function modelText(model: ModelLike): string {
  const { name, layers } = model;
  const head = `${model.getClassName()} ${name}, ${counted(layers.length, "layer")}`;
  const all = orUndefined(() => layers.reduce((sum, layer) => sum + layer.countParams(), 0));
  const learning = orUndefined(() => model.trainableWeights.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  if (all === undefined || learning === undefined) return head;
  return `${head}, ${counted(all, "parameter")}${learning === all ? "" : `, ${learning.toLocaleString("en")} of them learn`}`;
}

/** A layer in a line: its kind, its name, the shape that it gives and what it holds, as far as it knows them. */
export function layerText(layer: LayerLike): string {
  const shape = orUndefined(() => shapeText(layer.outputShape));
  const count = orUndefined(() => layer.countParams());
  return [
    `${layer.getClassName()} ${layer.name}`,
    ...(shape === undefined ? ["not built"] : [`output ${shape}`]),
    ...(count === undefined ? [] : [counted(count, "parameter")]),
  ].join(", ");
}

/** Whether a value is a model whose layers can be listed. */
export function isModel(value: object): value is ModelLike {
  const { layers, predict } = value as Record<string, unknown>;
  return Array.isArray(layers) && typeof predict === "function" && isLayer(value);
}

/** Whether a value is a layer; models are layers too. */
export function isLayer(value: object): value is LayerLike {
  const { getClassName, countParams } = value as Record<string, unknown>;
  return typeof getClassName === "function" && typeof countParams === "function";
}

/** Sizes as they are written, of one tensor or of several; the batch is the question mark. */
export function shapeText(shape: unknown): string {
  const shapes = (Array.isArray((shape as unknown[])[0]) ? shape : [shape]) as (number | null)[][];
  return shapes.map((sizes) => `[${sizes.map((size) => size ?? "?").join(", ")}]`).join(" ");
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
