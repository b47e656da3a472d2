import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/compute/useBackend";
import { seededRandom } from "../../../lib/random";
import { buildCnn, buildSixLayerCnn } from "../../../lib/vision/cnn";
import { embed } from "../../../lib/vision/embed";
import { gradCam } from "../../../lib/vision/look/gradCam";
import { receptiveField } from "../../../lib/vision/look/receptiveField";
import { predict } from "../../../lib/vision/predict";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

const relu = { activation: "relu" as const };

/** A net whose only filter finds spots of 3 x 3 white pixels; class 1 wants one, class 0 none. */
function spotFinder(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: "spots", filters: 1, kernelSize: 3, inputShape: [28, 28, 1], ...relu }),
      tf.layers.globalMaxPooling2d({}),
      tf.layers.dense({ units: 2, activation: "softmax" }),
    ],
  });
  model.setWeights([tf.ones([3, 3, 1, 1]), tf.tensor1d([-8]), tf.tensor2d([[-1, 1]]), tf.zeros([2])]);
  return model;
}

/** A black picture with a white spot of 3 x 3 pixels, given by its middle, and a white line that is no spot. */
function spotAt(row: number, column: number): Float32Array {
  const image = new Float32Array(784);
  for (const down of [-1, 0, 1]) image.fill(1, (row + down) * 28 + column - 1, (row + down) * 28 + column + 2);
  return image.fill(1, 27 * 28, 28 * 28);
}

test("gradCam() finds the place that a planted net looks at, and nothing for the class that wants no spot", () => {
  for (const [row, column] of [
    [4, 20],
    [15, 9],
  ]) {
    const heat = gradCam(spotFinder(), spotAt(row, column), { layer: "spots" });
    assert.equal(heat.indexOf(1), row * 28 + column);
    assert.deepEqual(
      [...heat.keys()].filter((at) => heat[at] > 0),
      [row * 28 + column],
    );
    const none = gradCam(spotFinder(), spotAt(row, column), { layer: "spots", classes: [0] });
    assert.ok(none.every((value) => value === 0));
  }
});

/** Grad-CAM by the paper's words: the score of a class from the maps by loops, its gradient by finite differences. */
function naiveCam(
  model: tf.LayersModel,
  maps: Float32Array,
  { side, chosen, average }: { side: number; chosen: number; average: boolean },
) {
  const [kernel, bias] = model.layers.at(-1)!.getWeights();
  const channels = kernel.shape[0];
  const [w, b] = [kernel.dataSync(), bias.dataSync()];
  const score = (values: Float64Array) => {
    let sum = b[chosen];
    for (let channel = 0; channel < channels; channel++) {
      let mean = 0;
      for (let place = 0; place < side * side; place++) mean += values[place * channels + channel] ** 2 / side ** 2;
      sum += mean * w[channel * kernel.shape[1]! + chosen];
    }
    return sum;
  };
  const gradient = Float64Array.from(maps, (_, at) => {
    const [more, less] = [Float64Array.from(maps), Float64Array.from(maps)];
    more[at] += 1e-4;
    less[at] -= 1e-4;
    return (score(more) - score(less)) / 2e-4;
  });
  const meanOf = (channel: number) =>
    gradient.reduce((sum, value, at) => (at % channels === channel ? sum + value : sum), 0) / side ** 2;
  const means = Float64Array.from({ length: channels }, (_, channel) => meanOf(channel));
  return Float64Array.from({ length: side * side }, (_, place) => {
    const weights = average ? means : gradient.subarray(place * channels, (place + 1) * channels);
    return Math.max(
      0,
      weights.reduce((sum, weight, channel) => sum + weight * maps[place * channels + channel], 0),
    );
  });
}

/** Squares each number: a layer whose gradient is not the same everywhere. */
class Square extends tf.layers.Layer {
  static className = "Square";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.square([inputs].flat()[0]);
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}
tf.serialization.registerClass(Square);

test("gradCam() is what finite differences of the score give, with and without the mean", async () => {
  const initial = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: "maps", filters: 3, kernelSize: 3, strides: 3, inputShape: [28, 28, 1], ...relu, ...initial(1) }),
      new Square({}),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 4, activation: "softmax", ...initial(2) }),
    ],
  }); // prettier-ignore
  const random = seededRandom(5);
  const image = Float32Array.from({ length: 784 }, () => random.uniform());
  const part = tf.model({ inputs: model.inputs, outputs: model.getLayer("maps").output });
  const maps = (part.predict(tf.tensor4d(image, [1, 28, 28, 1])) as tf.Tensor).dataSync() as Float32Array;
  let compared = 0;
  for (let run = 0; run < 8; run++) {
    const [chosen, average] = [run % 4, run < 4];
    const naive = naiveCam(model, maps, { side: 9, chosen, average });
    const most = Math.max(...naive);
    const heat = gradCam(model, image, { layer: "maps", classes: [chosen], average });
    naive.forEach((value, place) => {
      const pixel = (1 + 3 * Math.floor(place / 9)) * 28 + 1 + 3 * (place % 9); // the middle of the place's pixels
      assert.ok(Math.abs(heat[pixel] - value / (most || 1)) < 1e-3, `${heat[pixel]} is not ${value / most}`);
      compared += Number(value > 0);
    });
  }
  assert.ok(compared > 160);
});

test("gradCam() asks for the most probable class by default, each picture for its own, and leaves the model as it is", async () => {
  const model = buildSixLayerCnn({ seed: 2 });
  const images = Float32Array.from([...spotAt(5, 5), ...spotAt(20, 22)]);
  const probabilities = await predict(model, images);
  const classes = [0, 1].map((row) => {
    const own = probabilities.subarray(row * 10, row * 10 + 10);
    return own.indexOf(Math.max(...own));
  });
  const layer = "convolution_2";
  assert.deepEqual(gradCam(model, images, { layer }), gradCam(model, images, { layer, classes }));
  assert.deepEqual(gradCam(model, images, { layer }).subarray(784), gradCam(model, images.subarray(784), { layer }));
  assert.deepEqual(await predict(model, images), probabilities);
  assert.equal((await embed(model, images)).length, 64);
});

test("gradCam() refuses what it cannot look into", () => {
  const model = buildCnn();
  const image = new Float32Array(784);
  assert.throws(() => gradCam(model, image, { layer: "conv" }), {
    name: "RangeError",
    message:
      'gradCam(): there is no layer "conv"; the layers are convolution_1, pooling_1, convolution_2, pooling_2, flatten, embedding, probabilities',
  });
  assert.throws(() => gradCam(model, image, { layer: "flatten" }), {
    name: "TypeError",
    message:
      'gradCam(): the layer must have feature maps [height, width, channels] and the model must end in a dense layer; "flatten" and "probabilities" are not such',
  });
  assert.throws(() => gradCam(model, image, { layer: "pooling_1", classes: [1, 2] }), {
    name: "TypeError",
    message: "gradCam(): 2 classes for 1 images; give one for each",
  });
  assert.throws(() => gradCam(model, image, { layer: "pooling_1", classes: [10] }), {
    name: "RangeError",
    message: "gradCam(): there is no class 10; the classes are 0 to 9",
  });
  const input = tf.input({ shape: [28, 28, 1] });
  const maps = tf.layers.conv2d({ name: "maps", filters: 1, kernelSize: 1 }).apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: "sum" }).apply([maps, input]) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: "flat" }).apply(sum) as tf.SymbolicTensor;
  const outputs = tf.layers.dense({ units: 2, name: "out" }).apply(flat) as tf.SymbolicTensor;
  assert.throws(() => gradCam(tf.model({ inputs: input, outputs }), image, { layer: "maps" }), {
    name: "TypeError",
    message:
      'gradCam(): "sum" takes more than the layer before it gives, so the layers behind "maps" are no chain; name a later layer',
  });
});

test("receptiveField() is what a change of pixels shows", () => {
  const same = { padding: "same" as const, kernelInitializer: "ones" as const };
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 1, kernelSize: 3, inputShape: [28, 28, 1], kernelInitializer: "ones" }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 1, kernelSize: 5, ...same }),
      tf.layers.conv2d({ name: "last", filters: 1, kernelSize: 3, strides: 2, ...same }),
    ],
  });
  const { start, step, size } = receptiveField(model, "last");
  const [, side] = model.outputShape as number[];
  const place = 3; // in the middle of the picture
  const seen = [...Array(28).keys()].filter((pixel) => {
    const image = tf.buffer([1, 28, 28, 1]);
    image.set(1, 0, pixel, 14, 0);
    const outputs = (model.predict(image.toTensor()) as tf.Tensor).dataSync();
    return outputs.subarray(place * side, (place + 1) * side).some((value) => value > 0);
  });
  assert.equal(seen.length, size);
  assert.equal((seen[0] + seen.at(-1)!) / 2, start + place * step);
});

test("receptiveField() of the lessons' nets", () => {
  assert.deepEqual(receptiveField(buildSixLayerCnn(), "convolution_1"), { start: 1, step: 1, size: 3 });
  assert.deepEqual(receptiveField(buildSixLayerCnn(), "convolution_2"), { start: 3.5, step: 2, size: 8 });
  assert.deepEqual(receptiveField(buildSixLayerCnn(), "convolution_3"), { start: 8.5, step: 4, size: 18 });
  assert.throws(() => receptiveField(buildCnn(), "x"), {
    name: "RangeError",
    message:
      'receptiveField(): there is no layer "x"; the layers are convolution_1, pooling_1, convolution_2, pooling_2, flatten, embedding, probabilities',
  });
});
