import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { Batch, BatchesArgs, BatchSource } from "../../../../lib/compute/simd/corrections/generators";
import { keras, modelOf, near, sameWeights, tensorOf, useSimd, type Case, type Kept } from "./keras";

before(useSimd);

/** Cases whose batches are the same ones in `fit` and out of a generator. */
const [plain, weighed, classes] = [
  "sample weights, mean squared error",
  "sample weights, sparse labels",
  "class weights, sparse labels int32 of [10]",
].map((name) => (keras.weighted as Case[]).find((given) => given.name === name)!);

/** A part of a tensor of the fixture. */
function part({ shape, dtype, values }: Kept, from: number, to: number): tf.Tensor {
  const width = values.length / shape[0];
  const count = Math.min(to, shape[0]) - from;
  return tf.tensor(values.slice(from * width, (from + count) * width), [count, ...shape.slice(1)], dtype);
}

/** The batches of one epoch, with weights where the case has them; in three forms. */
const forms = {
  lists: ({ x, y, sampleWeight }: Case, from: number) => {
    const batch = [x, y!, sampleWeight].filter((kept) => kept).map((kept) => part(kept!, from, from + 4));
    return batch as [tf.Tensor, tf.Tensor];
  },
  objects: ({ x, y, sampleWeight }: Case, from: number) => ({
    xs: part(x, from, from + 4),
    ys: part(y!, from, from + 4),
    sampleWeight: sampleWeight && part(sampleWeight, from, from + 4),
  }),
  numbers: ({ x, y, sampleWeight }: Case, from: number) =>
    [x, y!, sampleWeight].filter((kept) => kept).map((kept) => {
      const tensor = part(kept!, from, from + 4);
      const numbers = tensor.arraySync();
      tensor.dispose();
      return numbers;
    }) as [number[], number[]], // prettier-ignore
};

type Form = (given: Case, from: number) => Batch;

function* epoch(given: Case, form: Form) {
  for (const from of [0, 4, 8]) yield form(given, from);
}

function* forEver(given: Case, form: Form) {
  while (true) yield* epoch(given, form);
}

async function* slowly(given: Case, form: Form) {
  for (const batch of epoch(given, form)) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield batch;
  }
}

/** Where batches come from, by name, and what must be said of them. */
const sources: Record<string, (given: Case, form: Form) => [source: BatchSource, options: BatchesArgs]> = {
  "a generator function": (given, form) => [() => epoch(given, form), { epochs: 2 }],
  "an asynchronous generator function": (given, form) => [() => slowly(given, form), { epochs: 2 }],
  "a generator without end": (given, form) => [forEver(given, form), { epochs: 2, stepsPerEpoch: 3 }],
  "a function of a generator without end": (given, form) => [
    () => forEver(given, form),
    { epochs: 2, batchesPerEpoch: 3 },
  ],
  "something to go through": (given, form) => [{ [Symbol.iterator]: () => epoch(given, form) }, { epochs: 2 }],
  "a list": (given, form) => [[...epoch(given, form)], { epochs: 2 }],
  "a list and a count": (given, form) => [[...epoch(given, form)], { epochs: 2, batchesPerEpoch: 3 }],
};

async function fitAsKeras(given: Case, source: BatchSource, options: BatchesArgs): Promise<void> {
  const { loss, metrics, rate, name, classWeight } = given;
  const model = modelOf(given);
  const optimizer = tf.train.sgd(rate);
  model.compile({ optimizer, loss, metrics });
  const all = { ...options, classWeight, verbose: 0 };
  const { history } = await model.fit(source, all);
  near(history.loss as number[], given.history.loss, `${name}: loss`);
  sameWeights(model, given.trained, name);
  optimizer.dispose();
  model.dispose();
}

for (const [name, sourceOf] of Object.entries(sources))
  test(`fit takes ${name}, and trains as Keras does on the whole`, async () => {
    for (const given of [plain, weighed, classes]) {
      for (const [formName, form] of Object.entries(forms)) {
        const before = tf.memory().numTensors;
        const [source, options] = sourceOf(given, form);
        await fitAsKeras(given, source, options);
        if (!Array.isArray(source))
          assert.equal(tf.memory().numTensors, before, `${given.name}, ${formName}: tensors left`);
        tf.dispose(source as tf.TensorContainer);
      }
    }
  });

test("class weights and weights within the batches of a tf.data dataset", async () => {
  for (const given of [classes, weighed]) {
    const dataset = tf.data.generator((() => epoch(given, forms.objects)) as never);
    const { loss, metrics, rate, classWeight } = given;
    const model = modelOf(given);
    model.compile({ optimizer: tf.train.sgd(rate), loss, metrics });
    const before = tf.memory().numTensors;
    await model.fitDataset(dataset as never, { epochs: 2, verbose: 0, classWeight });
    sameWeights(model, given.trained, given.name);
    assert.equal(tf.memory().numTensors, before);
  }
});

test("validation from a generator, a list, and with weights; evaluateDataset from a generator", async () => {
  const given = weighed;
  const model = modelOf(given);
  const { loss, metrics } = given;
  model.compile({ optimizer: tf.train.sgd(0), loss, metrics });
  const fit = async (validationData: BatchesArgs["validationData"], more = {}) => {
    const options = { epochs: 2, verbose: 0, validationData, ...more };
    const { history } = await model.fit(() => epoch(given, forms.lists), options);
    return [history.val_loss, history.val_acc].map((values) => values[1] as number);
  };
  const wanted = given.evaluated;
  near(await fit(() => epoch(given, forms.lists)), wanted, "a generator function");
  near(await fit([...epoch(given, forms.objects)]), wanted, "a list");
  near(await fit(() => forEver(given, forms.objects), { validationSteps: 3 }), wanted, "a generator without end");
  near(
    await fit([given.x, given.y!, given.sampleWeight!].map(tensorOf) as [tf.Tensor, tf.Tensor, tf.Tensor]),
    wanted,
    "tensors",
  );
  const scores = await model.evaluateDataset(() => epoch(given, forms.lists));
  near((scores as tf.Scalar[]).map((score) => score.dataSync()[0]), wanted, "evaluateDataset"); // prettier-ignore
});

test("a source that ends early, gives nothing or gives something else is reported", async () => {
  const given = weighed;
  const model = modelOf(given);
  model.compile({ optimizer: "sgd", loss: given.loss });
  const fit = (source: unknown, options = {}) => model.fit(source as never, { verbose: 0, ...options } as never);
  const once = () => epoch(given, forms.lists);
  await assert.rejects(fit(once, { epochs: 2, batchesPerEpoch: 2 }), {
    message:
      "the generator ended after 3 batches, but 4 were asked for, 2 in each of 2 epochs: make it endless (while (true)), or " +
      "ask for fewer",
  });
  await assert.rejects(fit(once(), { epochs: 2 }), {
    message:
      "the generator is an iterator, which can be read only once, but 2 epochs were asked for: pass the generator " +
      "function, which starts again in each epoch, or set batchesPerEpoch",
  });
  await assert.rejects(
    fit(function* () {}),
    { message: "the generator gave no batch: give at least one" },
  );
  await assert.rejects(fit([[1, 2, 3, 4]]), {
    message: "batch 1 of the generator is a list of 4: wanted are [x, y], [x, y, sampleWeight] or { xs, ys }",
  });
  await assert.rejects(fit([{ x: 1, y: 2 }]), {
    message: "batch 1 of the generator is an object with x, y: wanted are [x, y], [x, y, sampleWeight] or { xs, ys }",
  });
  const validation = { validationData: once, validationBatches: 5 };
  await assert.rejects(fit(once, validation), {
    message:
      "the generator of the validation ended after 3 batches, but 5 were asked for: make it endless (while (true)), or ask for " +
      "fewer",
  });
  await fit(once);
});

test("a generator that was begun is ended, its finally is gone through", async () => {
  let ended = 0;
  const source = function* () {
    try {
      yield* forEver(plain, forms.lists);
    } finally {
      ended++;
    }
  };
  const model = modelOf(plain);
  model.compile({ optimizer: "sgd", loss: plain.loss });
  await model.fit(source, { epochs: 2, batchesPerEpoch: 2, verbose: 0 });
  assert.equal(ended, 1);
});
