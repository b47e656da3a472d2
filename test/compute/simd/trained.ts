import * as tf from "@tensorflow/tfjs";
import { seededRandom } from "../../../lib/random";
import { draw, tensorOf } from "./against";

/**
 * The weights after three steps of a net on `cpu`, on one thread and on two: of the layers that `make` gives, the first of
 * which knows the shape of its inputs, with one number at their end.
 */
export async function trained(
  [examples, ...shape]: number[],
  { seed, rate, make }: { seed: number; rate: number; make: () => tf.layers.Layer[] },
): Promise<number[][]> {
  const random = seededRandom(seed);
  const [x, y] = [draw(random, [examples, ...shape]), draw(random, [examples, 1])];
  const weights: number[][] = [];
  for (const backend of ["cpu", "simd-1", "simd-2"]) {
    await tf.setBackend(backend);
    const kernelInitializer = tf.initializers.glorotNormal({ seed: 5 });
    const model = tf.sequential({ layers: [...make(), tf.layers.dense({ units: 1, kernelInitializer })] });
    model.compile({ optimizer: tf.train.sgd(rate), loss: "meanSquaredError" });
    const [inputs, labels] = [tensorOf(x), tensorOf(y)];
    for (let step = 0; step < 3; step++) await model.trainOnBatch(inputs, labels);
    weights.push(model.getWeights().flatMap((weight) => [...weight.dataSync()]));
    tf.dispose([inputs, labels]);
    model.dispose();
  }
  return weights;
}
