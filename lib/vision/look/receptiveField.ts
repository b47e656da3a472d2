import type * as tf from "@tensorflow/tfjs";

/** Which pixels the places of a layer look at, along one side of the picture. */
export interface ReceptiveField {
  /** Middle of the first place's pixels, counted from 0. */
  start: number;
  /** Pixels from one place to the next. */
  step: number;
  /** Pixels that one place looks at. */
  size: number;
}

/** What convolutions and poolings say at run time. */
interface Window {
  kernelSize?: number[];
  poolSize?: number[];
  strides?: number[];
  padding?: string;
  input: tf.SymbolicTensor;
}

/**
 * Which pixels each place of a layer looks at, from the windows, strides and paddings of the layers up to it (Dumoulin
 * and Visin, 2016). The layers must be a chain, and height and width alike.
 *
 * @throws RangeError for a name that no layer has
 */
export function receptiveField(model: tf.LayersModel, layer: string): ReceptiveField {
  const names = model.layers.map(({ name }) => name);
  if (!names.includes(layer))
    throw new RangeError(`receptiveField(): there is no layer "${layer}"; the layers are ${names.join(", ")}`);
  const field = { start: 0, step: 1, size: 1 };
  for (const each of model.layers.slice(0, names.indexOf(layer) + 1) as unknown as Window[]) {
    const [window] = each.kernelSize ?? each.poolSize ?? [1];
    const [stride] = each.strides ?? [1];
    field.start += ((window - 1) / 2 - paddingOf(each, window, stride)) * field.step;
    field.size += (window - 1) * field.step;
    field.step *= stride;
  }
  return field;
}

/** Places that are added before the first one: half of what "same" needs, rounded down. */
function paddingOf({ padding, input }: Window, window: number, stride: number): number {
  if (padding !== "same") return 0;
  const places = input.shape[1] as number;
  return Math.floor(Math.max(0, (Math.ceil(places / stride) - 1) * stride + window - places) / 2);
}
