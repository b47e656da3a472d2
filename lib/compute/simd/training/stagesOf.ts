import * as tf from "@tensorflow/tfjs";
import { backend_util } from "@tensorflow/tfjs-core";
import { convolutionStage } from "./convolutionStage";
import { denseStage } from "./denseStage";
import { isThin, isWide, thinStage, wideStage, type PooledConvolution } from "./pooledConvolution";
import type { Stage, StageContext } from "./stage";

/** What is read from a layer of TensorFlow.js, which says these only at run time. */
interface ConvolutionLayer {
  kernelSize: [number, number];
  strides: [number, number];
  dilationRate: number | [number, number];
  padding: "same" | "valid";
  dataFormat: string;
}

/** Makes a stage once its place in the net is known. */
type StageMaker = (context: StageContext) => Stage;

/**
 * The stages of a net that is a chain of convolutions, poolings, dense layers with relu and a dense layer with softmax
 * at the end, in order; null when there is anything else in it.
 */
export function stagesOf(model: tf.LayersModel): StageMaker[] | null {
  if (!isChain(model)) return null;
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  const makers: StageMaker[] = [];
  for (let i = 0; i < layers.length; i++) {
    const isLast = i === layers.length - 1;
    if (isFlatten(layers[i]) && !isLast) continue;
    const maker = isPlain(layers[i]) ? stageOf(layers, i, makers.length === 0) : null;
    if (!maker || isLast !== endsInSoftmax(layers[i])) return null;
    makers.push(maker.make);
    i += maker.layers - 1;
  }
  return makers;
}

/** Whether each layer takes what the one before gives, and nothing else. */
function isChain({ inputs, outputs, layers }: tf.LayersModel): boolean {
  if (inputs.length !== 1 || outputs.length !== 1 || layers.some(({ inboundNodes }) => inboundNodes.length !== 1)) return false; // prettier-ignore
  let at: unknown = inputs[0];
  for (const layer of layers) {
    if (layer.getClassName() === "InputLayer") continue;
    if (layer.input !== at) return false;
    at = layer.output;
  }
  return at === outputs[0];
}

function stageOf(layers: tf.layers.Layer[], at: number, first: boolean): { make: StageMaker; layers: number } | null {
  const layer = layers[at];
  if (layer.getClassName() === "Dense" && (layer.input as tf.SymbolicTensor).rank === 2)
    return { make: (context) => denseStage(denseOf(layer), context), layers: 1 };
  if (layer.getClassName() !== "Conv2D") return null;
  const pooled = layers[at + 1] && pooledOf(layer, layers[at + 1]);
  if (pooled && isThin(pooled, first)) return { make: (context) => thinStage(pooled, context), layers: 2 };
  if (pooled && isWide(pooled)) return { make: (context) => wideStage(pooled, context), layers: 2 };
  if ((layer as unknown as ConvolutionLayer).dataFormat !== "channelsLast") return null;
  return {
    make: (context) => convolutionStage({ ...weightsOf(layer), describe: geometryOf(layer) }, context),
    layers: 1,
  };
}

/** Whether it leaves all numbers in their order. */
function isFlatten(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === "Flatten" && layer.getConfig().dataFormat !== "channelsFirst";
}

/**
 * Whether a layer stands in one place only, all of its weights are trained, and it has neither regularizers nor
 * constraints, and relu or nothing, or softmax after a dense layer.
 */
function isPlain(layer: tf.layers.Layer): boolean {
  const config = layer.getConfig();
  const bare = Object.entries(config).every(([name, value]) => !/Regularizer|Constraint/.test(name) || !value);
  const learns = layer.trainable && layer.trainableWeights.length === layer.weights.length;
  const known = ["linear", "relu"].includes(activationOf(layer)) || endsInSoftmax(layer);
  return bare && learns && known && layer.inboundNodes.length === 1;
}

function activationOf(layer: tf.layers.Layer): string {
  return (layer.getConfig().activation as string | undefined) ?? "linear";
}

function endsInSoftmax(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === "Dense" && activationOf(layer) === "softmax";
}

function weightsOf(layer: tf.layers.Layer): { kernel: tf.Variable; bias?: tf.Variable; relu: boolean } {
  const [kernel, bias] = layer.weights.map((weight) => weight.read() as tf.Variable);
  return { kernel, bias, relu: activationOf(layer) === "relu" };
}

function denseOf(layer: tf.layers.Layer) {
  return weightsOf(layer);
}

function geometryOf(layer: tf.layers.Layer): (count: number) => backend_util.Conv2DInfo {
  const { strides, dilationRate, padding } = layer as unknown as ConvolutionLayer;
  const [, height, width, channels] = (layer.input as tf.SymbolicTensor).shape as [null, number, number, number];
  const [kernel] = layer.weights.map((weight) => weight.shape as [number, number, number, number]);
  const dilations = dilationRate as [number, number];
  return (count) =>
    backend_util.computeConv2DInfo([count, height, width, channels], kernel, strides, dilations, padding);
}

/** The two layers as one pass; null where they are not a convolution of 3 x 3 and a pooling of 2 x 2. */
function pooledOf(layer: tf.layers.Layer, next: tf.layers.Layer): PooledConvolution | null {
  if (next.getClassName() !== "MaxPooling2D") return null;
  const { kernelSize, strides, dilationRate, dataFormat } = layer as unknown as ConvolutionLayer;
  const pooling = next.getConfig() as { poolSize: number[]; strides: number[]; padding: string; dataFormat: string };
  const twos = [...pooling.poolSize, ...pooling.strides].every((size) => size === 2) && pooling.padding === "valid";
  const ones = [...strides, ...[dilationRate].flat()].every((size) => size === 1);
  const threes = kernelSize.every((size) => size === 3);
  const last = [dataFormat, pooling.dataFormat].every((format) => format === "channelsLast");
  if (!twos || !ones || !threes || !last) return null;
  const { inHeight, inWidth, inChannels, outChannels, outHeight, outWidth, padInfo } = geometryOf(layer)(1);
  return {
    ...weightsOf(layer),
    height: inHeight,
    width: inWidth,
    channels: inChannels,
    filters: outChannels,
    padTop: padInfo.top,
    padLeft: padInfo.left,
    down: Math.floor(outHeight / 2),
    across: Math.floor(outWidth / 2),
  };
}
