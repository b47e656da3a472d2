import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { addGradient } from "./gradientConfigs";

/** Gives einsum a gradient: for each operand the einsum of the output's gradient and the other operand. */
export function registerEinsumGradient(): void {
  addGradient({ kernelName: "Einsum", saveAllInputs: true, gradFunc: einsumGradient });
}

const einsumGradient: GradConfig["gradFunc"] = (dy, saved, { equation }) => {
  const [inputs, output] = (equation as string).replace(/\s/g, "").split("->");
  const terms = inputs.split(",");
  return Object.fromEntries(
    terms.map((_, i) => [i, () => operandGradient({ dy: dy as Tensor, output, terms, saved, i })]),
  );
};

interface Operand {
  dy: Tensor;
  output: string;
  terms: string[];
  saved: Tensor[];
  i: number;
}

/** What is summed over and stands in this operand alone, the gradient repeats. */
function operandGradient({ dy, output, terms, saved, i }: Operand): Tensor {
  const [own, x] = [terms[i], saved[i]];
  const others = terms.filter((_, at) => at !== i);
  const known = [...own].filter((letter) => output.includes(letter) || others.some((term) => term.includes(letter)));
  const given = saved.filter((_, at) => at !== i);
  const factors = tf.einsum(`${[output, ...others].join(",")}->${known.join("")}`, dy, ...given);
  const kept = [...own].map((letter, axis) => (known.includes(letter) ? x.shape[axis] : 1));
  return tf.broadcastTo(tf.reshape(factors, kept), x.shape);
}
