import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { backendCandidates } from "../../lib/compute/backendCandidates";
import { useBackend } from "../../lib/compute/useBackend";
import { seededRandom } from "../../lib/random";
import { buildCnn, buildSixLayerCnn } from "../../lib/vision/cnn";
import { compile } from "../../lib/vision/compile";
import { IMAGE_SIZE, type Examples } from "../../lib/vision/examples";
import { predict } from "../../lib/vision/predict";
import { runEpoch } from "../../lib/vision/runEpoch";
import { answerTasks, say } from "../answerTasks";
import type { Task } from "./cases";

/*
 * A contender on TensorFlow.js: `tensorflowjs.ts BACKEND FOLDER`, the backend wasm, tfjs-node or one of ours. See
 * cases.ts for what it is asked and answers, cnn.ts for the folder.
 */

const BATCH_SIZE = 32;

const load = createRequire(__filename);
const random = seededRandom(1);
const nets = { A: once(() => compile(buildCnn())), B: once(() => compile(buildSixLayerCnn())) };

/** Each kind of work; it resolves to the seconds it took. */
const works: Record<Task["work"], (model: tf.LayersModel, examples: Examples) => Promise<number>> = {
  train: async (model, examples) => {
    const plan = { model, examples, batchSize: BATCH_SIZE, random, epoch: 1, epochs: 1 };
    const stop = { requested: false, release: () => {} };
    return timed(() => runEpoch({ ...plan, onBatch: () => {}, stop }));
  },
  fit: async (model, { images, labels }) => {
    const x = tf.tensor4d(images, [labels.length, 28, 28, 1]);
    const y = tf.tensor2d(Float32Array.from(labels), [labels.length, 1]);
    const seconds = await timed(() => model.fit(x, y, { batchSize: BATCH_SIZE, epochs: 1, verbose: 0 }));
    tf.dispose([x, y]);
    return seconds;
  },
  predict: (model, { images }) => timed(() => predict(model, images)),
  call: () => Promise.reject(new RangeError("TensorFlow.js has no compiled call")),
};

async function main([backend, folder]: string[]): Promise<void> {
  console.log = console.info = console.warn = console.error; // stdout is for answers
  const examples = readExamples(folder);
  say({ description: await start(backend) });
  await answerTasks((task: Task) => answer(task, examples));
}

async function answer({ work, net, count }: Task, examples: Examples): Promise<object> {
  const model = nets[net]();
  const some = takeFirst(examples, work === "predict" ? count : count * BATCH_SIZE);
  return { seconds: await works[work](model, some), parameters: model.countParams() };
}

async function start(backend: string): Promise<string> {
  if (backendCandidates.some(({ name }) => name === backend)) {
    const { description } = await useBackend({ env: { ATELIER_BACKEND: backend }, log: () => {} });
    return `TensorFlow.js ${tf.version_core} on ${backend}: ${description}`;
  }
  if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  else loadNode();
  if (!(await tf.setBackend(backend === "wasm" ? "wasm" : "tensorflow"))) throw new Error(`${backend} does not start`);
  return `TensorFlow.js ${tf.version_core} on ${backend}`;
}

/** The native library, with or without a GPU: whichever is installed and whole. */
function loadNode(): void {
  try {
    load("@tensorflow/tfjs-node");
  } catch {
    load("@tensorflow/tfjs-node-gpu");
  }
}

function readExamples(folder: string): Examples {
  const read = (name: string) => new Uint8Array(fs.readFileSync(path.join(folder, name)));
  return { images: new Float32Array(read("images.bin").buffer), labels: read("labels.bin") };
}

function takeFirst({ images, labels }: Examples, count: number): Examples {
  if (count > labels.length) throw new RangeError(`${count} images are wanted, ${labels.length} are there`);
  return { images: images.subarray(0, count * IMAGE_SIZE), labels: labels.subarray(0, count) };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

main(process.argv.slice(2)).catch((error: Error) => {
  say({ error: error.message.split("\n")[0] });
  process.exitCode = 1;
});
