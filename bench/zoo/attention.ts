import * as tf from "@tensorflow/tfjs";
import { compiled, fitProgram, labelledImages, type ZooNet } from "./net";

const { layers } = tf;

/** Multi-head attention of a sequence [batch, length, width] to itself (Vaswani et al., 2017). */
class SelfAttention extends layers.Layer {
  static className = "SelfAttention";
  private weightsOf!: Record<"query" | "key" | "value" | "output", tf.LayerVariable>;
  constructor(private readonly heads: number) {
    super({});
  }
  override build(shape: tf.Shape): void {
    const width = shape[shape.length - 1]!;
    const weight = (name: string) => this.addWeight(name, [width, width], "float32", tf.initializers.glorotUniform({}));
    this.weightsOf = { query: weight("query"), key: weight("key"), value: weight("value"), output: weight("output") };
    this.built = true;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      const [batch, length, width] = x.shape;
      const size = width / this.heads;
      const flat = x.reshape([batch * length, width]);
      const project = (weight: tf.LayerVariable) => flat.matMul(weight.read() as tf.Tensor2D).reshape([batch, length, this.heads, size]).transpose([0, 2, 1, 3]); // prettier-ignore
      const [query, key, value] = [this.weightsOf.query, this.weightsOf.key, this.weightsOf.value].map(project);
      const scores = tf.softmax(tf.matMul(query, key, false, true).mul(1 / Math.sqrt(size)));
      const read = tf
        .matMul(scores, value)
        .transpose([0, 2, 1, 3])
        .reshape([batch * length, width]);
      return read.matMul(this.weightsOf.output.read() as tf.Tensor2D).reshape([batch, length, width]);
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

/** What places in a sequence are told apart by. */
class Positions extends layers.Layer {
  static className = "Positions";
  private places!: tf.LayerVariable;
  override build(shape: tf.Shape): void {
    this.places = this.addWeight("places", shape.slice(1), "float32", tf.initializers.randomNormal({ stddev: 0.02 }));
    this.built = true;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.add(Array.isArray(inputs) ? inputs[0] : inputs, this.places.read());
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

/** Gaussian error linear units (Hendrycks and Gimpel, 2016), as they are written out with the error function. */
class Gelu extends layers.Layer {
  static className = "Gelu";
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return x.mul(0.5).mul(x.div(Math.SQRT2).erf().add(1));
    });
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

/** A small vision transformer (Dosovitskiy et al., 2021): patches of 4 x 4, three blocks of four heads. */
export const transformer: ZooNet = {
  title: "vision transformer",
  size: { batch: 64, side: 28, width: 1 },
  tiny: { batch: 4, side: 8, width: 1 / 8 },
  make(size) {
    const width = 64 * size.width;
    const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) => layer.apply(x) as tf.SymbolicTensor; // prettier-ignore
    const normed = (x: tf.SymbolicTensor) => apply(layers.layerNormalization({ epsilon: 1e-6 }), x);
    const input = tf.input({ shape: [size.side, size.side, 1] });
    let x = apply(layers.conv2d({ filters: width, kernelSize: 4, strides: 4 }), input);
    x = apply(layers.reshape({ targetShape: [(size.side / 4) ** 2, width] }), x);
    x = apply(new Positions({}), x);
    for (let block = 0; block < 3; block++) {
      x = apply(layers.add(), [x, apply(new SelfAttention(4), normed(x))]);
      let inner = apply(layers.dense({ units: 2 * width }), normed(x));
      inner = apply(layers.dense({ units: width }), apply(new Gelu({}), inner));
      x = apply(layers.add(), [x, inner]);
    }
    x = apply(layers.globalAveragePooling1d({}), normed(x));
    x = apply(layers.dense({ units: 10, activation: "softmax" }), x);
    return fitProgram(compiled(tf.model({ inputs: input, outputs: x })), labelledImages(size), size);
  },
};
