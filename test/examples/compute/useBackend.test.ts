import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/compute/useBackend";
import { example } from "../example";

example(useBackend, async () => {
  // Without options it takes the best backend of this machine and prints which one that is.
  const backend = await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  console.log(backend.name, backend.passedOver); // simd []
  const product = tf.matMul([[1, 2]], [[3], [4]]);
  console.log(tf.getBackend(), product.dataSync()); // simd Float32Array(1) [ 11 ]
});
