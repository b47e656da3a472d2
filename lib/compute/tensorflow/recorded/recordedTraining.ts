import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "../../simd/corrections/correctMethod";
import { type InnerModel, isTensor } from "../../simd/corrections/innerModel";
import { attachedWeights } from "../../simd/corrections/sampleWeight";
import type { NodeBackend } from "../nodeBackend";
import { isKnown, layersOf } from "./knownModel";
import { isSame, record, type Recording, type Source } from "./record";
import { savedStep, TAG, type TensorKind } from "./savedModel";

/** Steps of one kind that are taken as they are, before they are recorded: the first ones make an optimizer's variables. */
const PLAIN_STEPS = 2;
const MOST_TRIES = 4; // times that steps of a model are recorded, after which it goes on without
const MOST_KINDS = 8; // of a model's steps that are known at a time; one for each shape of its batches, or rate of learning

/** A step as TensorFlow's graph. */
interface Graph {
  /** By which the addon knows it. */
  id: number;
  inputs: Source[];
  inputNames: string;
  outputNames: string;
  /** How many of the outputs are results; the others are for `changed`. */
  results: number;
  changed: tf.Variable[];
}

/** What is known of a model's steps of one kind. */
interface Steps {
  /** All variables that there are, and the optimizer's numbers: a recording knows them by their places. */
  held: tf.Tensor[];
  plain: number;
  recording?: Recording;
  graph?: Graph;
}

/** What is known of a model. */
interface Known {
  /** What the model was compiled with. */
  optimizer: tf.Optimizer;
  losses: InnerModel["lossFunctions"];
  kinds: Map<string, Steps>;
  tries: number;
}

const known = new WeakMap<InnerModel, Known>();

/** Gives back the memory of a graph whose model nobody has any more. */
const forgotten = new FinalizationRegistry<() => void>((release) => release());

let isDone = false;

/**
 * Has a model's training step become one graph of TensorFlow, where the backend in use is `tensorflow` on the CPU and the step is
 * nothing but TensorFlow.js' own work: two steps are recorded, and where they have done the same, TensorFlow takes the following ones as
 * a whole. It joins operations then, and JavaScript does not come between them. A step that differs, by a drawn number as those of
 * a dropout, by numbers that JavaScript reads, is taken as before.
 */
export function registerRecordedTraining(): void {
  if (isDone) return;
  isDone = true;
  correctMethod(tf.LayersModel, "makeTrainFunction", (original) => {
    return function (this: InnerModel) {
      const step = original.call(this) as ReturnType<InnerModel["makeTrainFunction"]>;
      return (data: (tf.Tensor | null)[]) => recordedStep(this, data, step);
    };
  });
}

type Step = (data: (tf.Tensor | null)[]) => tf.Scalar[];

function recordedStep(model: InnerModel, given: (tf.Tensor | null)[], step: Step): tf.Scalar[] {
  const backend = tf.backend() as unknown as NodeBackend;
  const data = given as tf.Tensor[]; // once it is known that a step takes them
  const steps = takes(given) ? stepsOf(model, data) : undefined;
  if (!steps) return step(given);
  if (steps.graph) return run(backend, steps, { model, data }) ?? stepWithout(model, data, step);
  if (steps.plain++ < PLAIN_STEPS) return step(data);
  return recordOnce(backend, steps, { model, data, step });
}

/** The step as it is, which TensorFlow has refused as a graph: what it says itself comes from the tensors, else the graph is of no use. */
function stepWithout(model: InnerModel, data: tf.Tensor[], step: Step): tf.Scalar[] {
  const results = step(data);
  giveUp(model);
  return results;
}

/** Whether a step on these tensors can be recorded at all. */
function takes(data: (tf.Tensor | null)[]): boolean {
  const isHere = tf.getBackend() === "tensorflow" && !(tf.backend() as unknown as NodeBackend).isUsingGpuDevice;
  const isPlain = !tf.env().getBool("DEBUG") && !tf.engine().state.profiling;
  return isHere && isPlain && data.every((tensor) => isTensor(tensor) && !attachedWeights.has(tensor));
}

/** What is known of the model's steps of this kind; undefined for a model that is not recorded. */
function stepsOf(model: InnerModel, data: tf.Tensor[]): Steps | undefined {
  const { optimizer_: optimizer, lossFunctions: losses } = model;
  let found = known.get(model);
  if (found?.optimizer !== optimizer || found.losses !== losses) {
    giveUp(model);
    found = { optimizer, losses, kinds: new Map(), tries: isKnown(model) ? 0 : MOST_TRIES };
    known.set(model, found);
  }
  if (found.tries >= MOST_TRIES) return undefined;
  const kind = kindOf(model, data);
  const steps = found.kinds.get(kind);
  if (steps && isSameList(steps.held, heldFor(optimizer))) return steps;
  if (steps?.recording) found.tries++;
  forget(found.kinds, kind);
  if (found.kinds.size >= MOST_KINDS) forget(found.kinds, [...found.kinds.keys()][0]);
  const fresh = { held: heldFor(optimizer), plain: 0 };
  found.kinds.set(kind, fresh);
  return fresh;
}

function forget(kinds: Map<string, Steps>, kind: string): void {
  const graph = kinds.get(kind)?.graph;
  if (graph) release(graph);
  kinds.delete(kind);
}

/** What makes a step another: shapes and types of its tensors, the optimizer's settings, which layers are trained. */
function kindOf(model: InnerModel, data: tf.Tensor[]): string {
  const trained = layersOf(model).map(({ trainable }) => Number(trainable));
  return JSON.stringify([data.map(({ shape, dtype }) => [shape, dtype]), model.optimizer_.getConfig(), trained]);
}

/** What a step may use beside the tensors that it is called with. */
function heldFor(optimizer: tf.Optimizer): tf.Tensor[] {
  const numbers = Object.values(optimizer).filter(
    (value) => value instanceof tf.Tensor && !(value instanceof tf.Variable),
  );
  return [...Object.values(tf.engine().registeredVariables), ...(numbers as tf.Tensor[])];
}

function isSameList(some: unknown[], others: unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

interface Given {
  model: InnerModel;
  data: tf.Tensor[];
}

/** Takes the step and records it; the second time, where both have done the same, the following ones have a graph. */
function recordOnce(backend: NodeBackend, steps: Steps, { model, data, step }: Given & { step: Step }): tf.Scalar[] {
  const { results, recording } = record(backend, { data, held: steps.held }, () => step(data));
  if (!recording || (steps.recording && !isSame(steps.recording, recording))) giveUp(model);
  else if (!steps.recording) steps.recording = recording;
  else
    try {
      steps.graph = makeGraph(backend, recording, { steps, data, results });
      forgotten.register(model, release.bind(undefined, steps.graph), steps.graph);
    } catch {
      giveUp(model); // an operation that TensorFlow does not take in a graph
    }
  return results;
}

/** The model's steps are taken as they are from now on. */
function giveUp(model: InnerModel): void {
  const found = known.get(model);
  if (!found) return;
  found.tries = MOST_TRIES;
  for (const kind of found.kinds.keys()) forget(found.kinds, kind);
}

function makeGraph(
  backend: NodeBackend,
  recording: Recording,
  { steps, data, results }: { steps: Steps; data: tf.Tensor[]; results: tf.Scalar[] },
): Graph {
  const { binding } = backend;
  const tensorOf = (source: Source) => (source.kind === "data" ? data : steps.held)[source.at];
  const typeOf = ({ dtype }: tf.Tensor) => backend.getDTypeInteger(dtype);
  const changed = recording.changed.map(({ at }) => steps.held[at] as tf.Variable);
  const kindOf = (source: Source): TensorKind => ({ shape: tensorOf(source).shape, dtype: typeOf(tensorOf(source)) });
  const { bytes, inputs, outputs } = savedStep(binding, recording, { kindOf, types: [...results, ...changed].map(typeOf) }); // prettier-ignore
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-step-"));
  try {
    fs.writeFileSync(path.join(folder, "saved_model.pb"), bytes);
    return {
      id: binding.loadSavedModel(folder, TAG),
      inputs: inputs.map(({ source }) => source),
      inputNames: inputs.map(({ name }) => name).join(","),
      outputNames: outputs.join(","),
      results: results.length,
      changed,
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Takes a step by its graph; null where TensorFlow refuses, which has changed nothing. */
function run(backend: NodeBackend, { graph, held }: Steps, { model, data }: Given): tf.Scalar[] | null {
  const { id, inputs, inputNames, outputNames, results, changed } = graph!;
  const given = backend.getInputTensorIds(inputs.map(({ kind, at }) => (kind === "data" ? data : held)[at]));
  let numbers;
  try {
    numbers = backend.binding.runSavedModel(id, given, inputNames, outputNames);
  } catch {
    return null; // taken as before, the step says what is wrong
  }
  const tensors = numbers.map((number) => backend.createOutputTensor(number));
  tensors.slice(results).forEach((tensor, at) => {
    changed[at].assign(tensor);
    tensor.dispose();
  });
  (model.optimizer_ as unknown as { incrementIterations(): void }).incrementIterations();
  return tensors.slice(0, results).map((tensor) => tf.keep(tensor) as tf.Scalar);
}

function release(graph: Graph): void {
  forgotten.unregister(graph);
  const backend = tf.findBackend("tensorflow") as unknown as NodeBackend | null;
  backend?.binding.deleteSavedModel(graph.id);
}
