import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/compute/useBackend";
import { compile } from "../../lib/vision/compile";
import { IMAGE_SIZE, toByteExamples, toExamples } from "../../lib/vision/examples";
import { train } from "../../lib/vision/train";
import { answerTasks } from "../answerTasks";

/** A training: images, as bytes or as floats, and parameters of the network, 0 for a single layer. */
export interface LimitTask {
  images: number;
  bytes: boolean;
  parameters: number;
}

/** What it took. */
export interface LimitAnswer {
  /** Memory of the process at its peak. */
  bytes: number;
}

async function answer({ images, bytes, parameters }: LimitTask): Promise<LimitAnswer> {
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => undefined });
  const set = { images: new Uint8Array(images * IMAGE_SIZE), labels: new Uint8Array(images) };
  for (let pixel = 0; pixel < set.images.length; pixel++) set.images[pixel] = (pixel * 7) % 251;
  for (let image = 0; image < images; image++) set.labels[image] = image % 10;
  const examples = bytes ? toByteExamples(set) : toExamples(set);
  await train(buildNet(parameters), examples, { epochs: 1, checkpoints: false });
  return { bytes: process.resourceUsage().maxRSS * 1024 };
}

/** One dense layer, or two with about so many parameters. */
function buildNet(parameters: number): tf.LayersModel {
  const net = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [28, 28, 1] })] }); // [batch, 784]
  const units = Math.round(parameters / (IMAGE_SIZE + 1 + 10));
  if (units > 0) net.add(tf.layers.dense({ units, activation: "relu", kernelInitializer: "heUniform" })); // [batch, units]
  net.add(tf.layers.dense({ units: 10, activation: "softmax" })); // [batch, 10]
  return compile(net);
}

if (require.main === module) {
  console.log = console.info = console.warn = console.error; // stdout is for answers
  void answerTasks(answer);
}
