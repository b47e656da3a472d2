import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient, unbroadcast } from "./gradientConfigs";

/**
 * Gradients of what makes complex tensors, takes them apart and transforms them, of which TensorFlow.js has none, and those of
 * size, product, difference and cast, which it takes as if the numbers were real. As in TensorFlow the gradient of a complex
 * tensor is complex: by its real part, and by its imaginary part.
 */
export function registerComplexGradients(): void {
  addGradient({ kernelName: "Complex", gradFunc: (dy) => ({ real: () => real(dy), imag: () => imag(dy) }) });
  addGradient({ kernelName: "Real", gradFunc: (dy) => ({ input: () => join(dy, tf.zerosLike(dy as Tensor)) }) });
  addGradient({ kernelName: "Imag", gradFunc: (dy) => ({ input: () => join(tf.zerosLike(dy as Tensor), dy) }) });
  addGradient({ kernelName: "FFT", gradFunc: (dy) => ({ input: () => scaled(tf.ifft(dy as Tensor), lengthOf(dy)) }) });
  addGradient({ kernelName: "IFFT", gradFunc: (dy) => ({ input: () => scaled(tf.fft(dy as Tensor), 1 / lengthOf(dy)) }) }); // prettier-ignore
  correctGradient("ComplexAbs", () => ({ inputsToSave: ["x"], outputsToSave: [true], gradFunc: sizeGradient }));
  correctGradient("Cast", (own) => ({ inputsToSave: ["x"], gradFunc: castGradient(own) }));
  correctGradient("Multiply", (own) => ({ gradFunc: productGradient(own) }));
  correctGradient("Sub", (own) => ({ gradFunc: differenceGradient(own) }));
}

/** What TensorFlow.js hands a gradient. */
type Given = Tensor | Tensor[];

function real(z: Given): Tensor {
  return tf.real(z as Tensor);
}

function imag(z: Given): Tensor {
  return tf.imag(z as Tensor);
}

function join(re: Given, im: Given): Tensor {
  return tf.complex(re as Tensor, im as Tensor);
}

function lengthOf(z: Given): number {
  const { shape } = z as Tensor;
  return shape[shape.length - 1];
}

function scaled(z: Tensor, factor: number): Tensor {
  return join(tf.mul(real(z), factor), tf.mul(imag(z), factor));
}

function conjugate(z: Tensor): Tensor {
  return join(real(z), tf.neg(imag(z)));
}

/** The gradient of an operand that was broadcast, or that was real. */
function ofOperand(gradient: Tensor, { shape, dtype }: Tensor): Tensor {
  const re = unbroadcast(real(gradient), shape);
  return dtype === "complex64" ? join(re, unbroadcast(imag(gradient), shape)) : re;
}

/** That of 0 is 0. */
const sizeGradient: GradConfig["gradFunc"] = (dy, [x, size]) => {
  const slope = () => tf.divNoNan(dy as Tensor, size);
  return { x: () => join(tf.mul(slope(), real(x)), tf.mul(slope(), imag(x))) };
};

/** From real to complex numbers or back; the gradient of whole numbers made of complex ones is 0. */
function castGradient(own: GradConfig): GradConfig["gradFunc"] {
  return (given, saved, attrs) => {
    const [x] = saved;
    const dy = given as Tensor;
    const isComplex = attrs.dtype === "complex64";
    if (isComplex === (x.dtype === "complex64")) return own.gradFunc(given, saved, attrs);
    if (isComplex) return { x: () => real(dy) };
    return { x: () => join(attrs.dtype === "float32" ? dy : tf.zeros(x.shape), tf.zeros(x.shape)) };
  };
}

function productGradient(own: GradConfig): GradConfig["gradFunc"] {
  return (given, saved, attrs) => {
    const dy = given as Tensor;
    if (dy.dtype !== "complex64") return own.gradFunc(given, saved, attrs);
    const [a, b] = saved;
    return {
      a: () => ofOperand(tf.mul(dy, conjugate(b)), a),
      b: () => ofOperand(tf.mul(dy, conjugate(a)), b),
    };
  };
}

function differenceGradient(own: GradConfig): GradConfig["gradFunc"] {
  return (given, saved, attrs) => {
    const dy = given as Tensor;
    if (dy.dtype !== "complex64") return own.gradFunc(given, saved, attrs);
    const [a, b] = saved;
    return { a: () => ofOperand(dy, a), b: () => ofOperand(scaled(dy, -1), b) };
  };
}
