import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs-core";
import { correctMethod, layerClass } from "../corrections/correctMethod";

/** What a layer is called with beside its inputs. */
export interface Kwargs {
  training?: boolean;
}

/**
 * Has the layers of a class be what `compute` makes of their first input; where that gives null they go as before.
 *
 * @param className - as a saved model has it, such as "Dense"
 * @throws Error when this version of TensorFlow.js has no such class
 */
export function fuseCall<Layer, Given extends Kwargs = Kwargs>(
  className: string,
  compute: (layer: Layer, x: Tensor, kwargs: Given) => Tensor | Tensor[] | null,
): void {
  correctMethod(layerClass(className), "call", (original) => {
    return function (this: Layer, inputs: Tensor | Tensor[], kwargs?: Given) {
      const [x] = [inputs].flat();
      return tf.tidy(() => compute(this, x, kwargs ?? ({} as Given))!) ?? original.call(this, inputs, kwargs);
    };
  });
}
