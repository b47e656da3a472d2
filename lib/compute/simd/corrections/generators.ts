import * as tf from "@tensorflow/tfjs";
import { correctMethod } from "./correctMethod";
import { isTensor, listOf, type InnerModel, type Tensors } from "./innerModel";
import { attachWeights, weightsOf, type WeightOptions } from "./sampleWeight";

/** Numbers as a batch may hold them: tensors, or plain and typed arrays that become such. */
type Numbers = tf.TensorLike | Tensors | Record<string, tf.TensorLike>;

/** A batch: inputs and labels, and weights of the samples if they differ; [x, y], [x, y, sampleWeight] or by name. */
export type Batch = unknown[] | DatasetBatch;

/** A batch as `tf.data` has it. */
interface DatasetBatch {
  xs: Numbers;
  ys: Numbers;
  sampleWeight?: WeightOptions["sampleWeight"];
}

type Batches = Iterator<Batch> | AsyncIterator<Batch>;

/** Where batches come from: a generator function, an iterator, something to go through, or a list. */
export type BatchSource = (() => Batches | Iterable<Batch> | AsyncIterable<Batch>) | Batches | Iterable<Batch> | AsyncIterable<Batch> | Batch[]; // prettier-ignore

declare module "@tensorflow/tfjs-layers/dist/engine/training" {
  interface LayersModel {
    fit(source: BatchSource, args?: BatchesArgs): Promise<tf.History>;
    fitDataset(source: BatchSource, args?: BatchesArgs): Promise<tf.History>;
    evaluateDataset(source: BatchSource, args?: { batches?: number }): Promise<tf.Scalar | tf.Scalar[]>;
  }
}

declare module "@tensorflow/tfjs-layers/dist/models" {
  interface Sequential {
    fit(source: BatchSource, args?: BatchesArgs): Promise<tf.History>;
    fitDataset(source: BatchSource, args?: BatchesArgs): Promise<tf.History>;
    evaluateDataset(source: BatchSource, args?: { batches?: number }): Promise<tf.Scalar | tf.Scalar[]>;
  }
}

/** A `tf.data` dataset, or what looks like one. */
interface Dataset {
  size?: number;
  iterator(): Promise<{ next(): Promise<IteratorResult<DatasetBatch>> }>;
}

/** Options of training on batches: TensorFlow.js', and Keras' names for three of them. */
export interface BatchesArgs
  extends WeightOptions, Pick<tf.ModelFitDatasetArgs<tf.TensorContainer>, "callbacks" | "verbose" | "yieldEvery"> {
  /** How many batches make an epoch; an epoch without it ends with the source. */
  batchesPerEpoch?: number;
  stepsPerEpoch?: number;
  /** Default 1. */
  epochs?: number;
  initialEpoch?: number;
  validationData?: BatchSource | Dataset | [Tensors, Tensors] | [Tensors, Tensors, WeightOptions["sampleWeight"]];
  validationBatches?: number;
  validationSteps?: number;
}

/** How often a source is gone through. */
interface Plan {
  /** What the source is, in a sentence. */
  what: string;
  /** Batches of one round; undefined where it ends with the source. */
  batches?: number;
  rounds: number;
}

/**
 * Has `fit`, `fitDataset` and `evaluateDataset` take batches from a generator function, an iterator or a list, with
 * weights if need be (TensorFlow.js takes `tf.data` datasets only, and no weights in them). The tensors that a generator
 * gives are disposed of after their step, those of a list stay.
 */
export function correctGenerators(): void {
  correctMethod(tf.LayersModel, "fit", (original) => {
    return async function (this: tf.LayersModel, x: unknown, y?: unknown, args: object = {}) {
      if (!isSource(x)) return original.call(this, x, y, args);
      return this.fitDataset(x as never, { ...(y as object), ...args } as never);
    };
  });
  correctMethod(tf.LayersModel, "fitDataset", (original) => {
    return async function (this: InnerModel, source: BatchSource | Dataset, args: BatchesArgs = {}) {
      return fitOn(this, { source, args }, (dataset, rest) => original.call(this, dataset, rest));
    };
  });
  correctMethod(tf.LayersModel, "evaluateDataset", (original) => {
    return async function (this: InnerModel, source: BatchSource | Dataset, args: { batches?: number } = {}) {
      if (source instanceof Stream) return original.call(this, source, args);
      const stream = new Stream(this, source, { what: nameOf(source), batches: args.batches, rounds: 1 });
      try {
        return await original.call(this, stream, args);
      } finally {
        await stream.close();
      }
    };
  });
}

/** A source as a dataset: TensorFlow.js asks for an iterator at the beginning, and without a count before each epoch. */
class Stream implements Dataset {
  readonly size?: number;
  private iterator_: Batches | null = null;
  private given = 0;
  private round = 0;
  private weights: tf.Tensor[] = [];

  constructor(
    private readonly model: InnerModel,
    private readonly source: BatchSource | Dataset,
    private readonly plan: Plan,
    private readonly options: WeightOptions = {},
  ) {
    this.size = Array.isArray(source) ? source.length : (source as Dataset).size;
  }

  async iterator() {
    await this.close();
    let isOpen = false;
    const next = async () => {
      tf.dispose(this.weights.splice(0));
      if (!isOpen) await this.open();
      isOpen = true;
      const { value, done } = await this.iterator_!.next();
      if (done) return this.end();
      this.given++;
      return { value: await this.batchOf(value), done: false };
    };
    return { next } as Awaited<ReturnType<Dataset["iterator"]>>;
  }

  /** Lets a generator that was begun here end, and disposes of the last weights. */
  async close(): Promise<void> {
    tf.dispose(this.weights.splice(0));
    if (typeof this.source === "function" || Array.isArray(this.source)) await this.iterator_?.return?.();
    this.iterator_ = null;
  }

  private async open(): Promise<void> {
    const { what, rounds, batches } = this.plan;
    const isOnce = !isDataset(this.source) && (iteratorOf(this.source) as unknown) === this.source;
    if (this.round > 0 && isOnce && batches === undefined)
      throw new Error(
        `${what} is an iterator, which can be read only once, but ${rounds} epochs were asked for: pass the ` +
          "generator function, which starts again in each epoch, or set batchesPerEpoch",
      );
    this.round++;
    this.given = batches === undefined ? 0 : this.given;
    this.iterator_ = isDataset(this.source) ? ((await this.source.iterator()) as Batches) : iteratorOf(this.source);
  }

  private async end(): Promise<IteratorResult<DatasetBatch>> {
    const { what, batches, rounds } = this.plan;
    if (Array.isArray(this.source) && this.given > 0 && batches !== undefined) {
      await this.open();
      const { value } = await this.iterator_!.next();
      this.given++;
      return { value: await this.batchOf(value), done: false };
    }
    if (batches !== undefined && !isDataset(this.source))
      throw new Error(
        `${what} ended after ${this.given} batches, but ${batches * rounds} were asked for` +
          `${rounds > 1 ? `, ${batches} in each of ${rounds} epochs` : ""}: make it endless (while (true)), or ask for fewer`,
      );
    if (this.given === 0 && !isDataset(this.source)) throw new Error(`${what} gave no batch: give at least one`);
    return { value: undefined, done: true };
  }

  private async batchOf(value: Batch): Promise<DatasetBatch> {
    const { what } = this.plan;
    const [x, y, sampleWeight] = partsOf(value, `batch ${this.given} of ${what}`);
    const isKept = Array.isArray(this.source);
    const [xs, ys] = [toTensors(x, isKept), toTensors(y, isKept)];
    const labels = listOf(ys, this.model.outputNames);
    const options = sampleWeight ? { sampleWeight } : { classWeight: this.options.classWeight };
    if (sampleWeight || options.classWeight)
      this.weights = attachWeights(labels, await weightsOf(this.model, labels, options));
    if (sampleWeight && !isKept) tf.dispose(sampleWeight as tf.Tensor);
    return { xs, ys };
  }
}

async function fitOn(
  model: InnerModel,
  { source, args }: { source: BatchSource | Dataset; args: BatchesArgs },
  fit: (dataset: Dataset, args: object) => unknown,
): Promise<unknown> {
  const { classWeight, stepsPerEpoch, validationSteps, ...rest } = args;
  const [epochs, batchesPerEpoch] = [args.epochs ?? 1, args.batchesPerEpoch ?? stepsPerEpoch];
  const validationBatches = args.validationBatches ?? validationSteps;
  const rounds = epochs - (args.initialEpoch ?? 0);
  const training = new Stream(
    model,
    source,
    { what: "the generator", batches: batchesPerEpoch, rounds },
    { classWeight },
  );
  const { data, close } = validationOf(model, args.validationData, validationBatches);
  const options = { ...rest, epochs, batchesPerEpoch, validationBatches, validationData: data };
  try {
    return await fit(training, options);
  } finally {
    await training.close();
    await close();
  }
}

/** Validation data as TensorFlow.js takes them; weights are attached to their labels. */
function validationOf(model: InnerModel, given: BatchesArgs["validationData"], batches?: number) {
  const close = async () => {};
  if (!given || isDataset(given)) return { data: given, close };
  if (!isPair(given)) {
    const plan = { what: "the generator of the validation", batches, rounds: 1 };
    const stream = new Stream(model, given as BatchSource, plan);
    return { data: stream, close: () => stream.close() };
  }
  const [x, y, weights] = given as [Tensors, Tensors, WeightOptions["sampleWeight"]];
  if (!weights) return { data: [x, y], close };
  const labels = listOf(y, model.outputNames).map((label) => label.clone());
  const list = (Array.isArray(weights) && model.outputNames.length > 1 ? weights : [weights]) as tf.Tensor[];
  attachWeights(labels, list);
  return { data: [x, labels.length === 1 ? labels[0] : labels], close: async () => tf.dispose(labels) };
}

/** Labels and inputs, and no list of batches. */
function isPair(given: object): boolean {
  return Array.isArray(given) && given.every((part) => !(part && typeof part === "object" && "xs" in part));
}

function nameOf(source: BatchSource | Dataset): string {
  return isDataset(source) ? "the dataset" : "the generator";
}

/** Whether something gives batches, and is neither a tensor, nor several, nor a dataset. */
function isSource(value: unknown): value is BatchSource {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null || isTensor(value) || isDataset(value)) return false;
  if (Array.isArray(value)) return value.length > 0 && !value.some(isTensor) && typeof value[0] === "object";
  return Symbol.iterator in value || Symbol.asyncIterator in value || typeof (value as Batches).next === "function";
}

function isDataset(value: object): value is Dataset {
  return typeof (value as Partial<Dataset>).iterator === "function";
}

function iteratorOf(source: BatchSource): Batches {
  const made = typeof source === "function" ? source() : source;
  if (Symbol.asyncIterator in made) return made[Symbol.asyncIterator]();
  return Symbol.iterator in made ? made[Symbol.iterator]() : made;
}

function partsOf(batch: Batch, what: string): [Numbers, Numbers, WeightOptions["sampleWeight"]?] {
  if (Array.isArray(batch) && (batch.length === 2 || batch.length === 3)) return batch as [Numbers, Numbers];
  if (batch && typeof batch === "object" && "xs" in batch && "ys" in batch)
    return [batch.xs, batch.ys, batch.sampleWeight];
  throw new Error(`${what} is ${described(batch)}: wanted are [x, y], [x, y, sampleWeight] or { xs, ys }`);
}

function described(batch: unknown): string {
  if (Array.isArray(batch)) return `a list of ${batch.length}`;
  return batch && typeof batch === "object" ? `an object with ${Object.keys(batch).join(", ")}` : String(batch);
}

/** Tensors of what a batch holds; those of a list are cloned, since TensorFlow.js disposes of what it has trained on. */
function toTensors(numbers: Numbers, isKept: boolean): Tensors {
  if (isTensor(numbers)) return isKept ? numbers.clone() : numbers;
  if (Array.isArray(numbers) && numbers.some(isTensor)) return (numbers as tf.Tensor[]).map((part) => toTensors(part, isKept) as tf.Tensor); // prettier-ignore
  if (typeof numbers !== "object" || Array.isArray(numbers) || ArrayBuffer.isView(numbers))
    return tf.tensor(numbers as tf.TensorLike);
  const entries = Object.entries(numbers as Record<string, tf.Tensor>);
  return Object.fromEntries(entries.map(([name, part]) => [name, toTensors(part, isKept) as tf.Tensor]));
}
