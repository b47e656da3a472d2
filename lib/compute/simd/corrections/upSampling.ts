import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "./correctMethod";

/** What is read of an upsampling of images. */
interface UpSampling2D {
  size: number | [number, number];
  interpolation: "nearest" | "bilinear";
  dataFormat: "channelsFirst" | "channelsLast";
}

/**
 * Has `upSampling2d` interpolate between the centers of pixels, as Keras does (TensorFlow.js takes their corners, and
 * moves the image), and take one number for both sides.
 */
export function correctUpSampling(): void {
  const owner = layerClass("UpSampling2D");
  for (const name of ["call", "computeOutputShape"])
    correctMethod(owner, name, (original) => {
      return function (this: UpSampling2D, inputs: tf.Tensor | tf.Tensor[], kwargs: object) {
        if (typeof this.size === "number") this.size = [this.size, this.size];
        if (name === "call" && this.interpolation === "bilinear")
          return tf.tidy(() => bilinear(this, [inputs].flat()[0]));
        return original.call(this, inputs, kwargs);
      };
    });
}

function bilinear({ size, dataFormat }: UpSampling2D, input: tf.Tensor): tf.Tensor {
  const first = dataFormat === "channelsFirst";
  const images = (first ? tf.transpose(input, [0, 2, 3, 1]) : input) as tf.Tensor4D;
  const [down, across] = size as [number, number];
  const resized = tf.image.resizeBilinear(images, [images.shape[1] * down, images.shape[2] * across], false, true);
  return first ? tf.transpose(resized, [0, 3, 1, 2]) : resized;
}
