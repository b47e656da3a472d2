import * as tf from "@tensorflow/tfjs-core";
import type { GradConfig, NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import { addGradient, correctGradient } from "./gradientConfigs";
import { resized } from "./holes";

/**
 * Puts the gradients of running sums and products right: cumsum no longer turns its gradient's axes; cumprod gets one,
 * which holds with zeros too, and so prod a second one; prod takes an axis counted from the end.
 */
export function registerRunningGradients(): void {
  correctGradient("Cumsum", () => ({ gradFunc: cumsumGradient }));
  correctGradient("Prod", (own) => ({
    gradFunc: (dy, saved, attrs) =>
      own.gradFunc(dy, saved, { ...attrs, axis: tf.util.parseAxisParam(attrs.axis as number[], saved[0].shape) }),
  }));
  addGradient({ kernelName: "Cumprod", inputsToSave: ["x"], gradFunc: cumprodGradient });
}

interface Running {
  axis: number;
  exclusive: boolean;
  reverse: boolean;
}

const cumsumGradient: GradConfig["gradFunc"] = (dy, _, attrs) => {
  const { axis, exclusive, reverse } = attrs as unknown as Running;
  return { x: () => tf.cumsum(dy as Tensor, axis, exclusive, !reverse) };
};

/**
 * The derivative of running products p with weights w: at j it is the product before j times a sum s over what follows,
 * s[j] = w[j] + x[j + 1] s[j + 1], and exclusive s[j] = w[j + 1] + x[j + 1] s[j + 1]. No division: zeros do no harm.
 */
const cumprodGradient: GradConfig["gradFunc"] = (dy, [x], attrs: NamedAttrMap) => {
  const { axis: given, exclusive, reverse } = attrs as unknown as Running;
  const [axis] = tf.util.parseAxisParam(given, x.shape);
  return {
    x: () => {
      const before = tf.cumprod(x, axis, true, reverse);
      const [factors, weights] = [x, dy as Tensor].map((tensor) => slicesOf(tensor, axis, reverse));
      let sum = tf.zerosLike(factors[0]);
      const sums = factors.map((_, back) => {
        const at = factors.length - 1 - back;
        const isLast = at === factors.length - 1;
        const next = isLast ? tf.zerosLike(sum) : tf.mul(factors[at + 1], sum);
        const weight = exclusive ? weights[at + 1] : weights[at];
        sum = weight ? tf.add(weight, next) : next;
        return sum;
      });
      return tf.mul(before, tf.concat(reverse ? sums : sums.reverse(), axis));
    },
  };
};

/** The slices along an axis, each of size 1 there, from the first that goes into a running product. */
function slicesOf(x: Tensor, axis: number, reverse: boolean): Tensor[] {
  const slices = Array.from({ length: x.shape[axis] }, (_, at) =>
    tf.slice(
      x,
      resized(
        x.shape.map(() => 0),
        axis,
        at,
      ),
      resized(x.shape, axis, 1),
    ),
  );
  return reverse ? slices.reverse() : slices;
}
