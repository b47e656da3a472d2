import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { fileSystem, registerSimd, simdPool } from "../../../../lib/packages/backend/main";
import { example } from "../../example";

example(fileSystem, async () => {
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.setWeights([tf.tensor2d([[3], [4]]), tf.tensor1d([5])]);
  await model.save(fileSystem(folder));
  const loaded = await tf.loadLayersModel(fileSystem(join(folder, "model.json")));
  const [kernel, bias] = loaded.getWeights();
  console.log(kernel.dataSync(), bias.dataSync()); // Float32Array(2) [ 3, 4 ] Float32Array(1) [ 5 ]
  rmSync(folder, { recursive: true });
});

example(registerSimd, async () => {
  registerSimd(); // the import of the package has done so already
  await tf.setBackend("simd");
  const product = tf.matMul([[1, 2]], [[3], [4]]);
  console.log(tf.getBackend(), product.dataSync()); // simd Float32Array(1) [ 11 ]
});

example(simdPool, async () => {
  await tf.setBackend("simd");
  const { allocator } = simdPool(); // its build and threads tell what the kernels run on here
  const before = allocator.used();
  const ones = tf.ones([1024]);
  console.log(allocator.used() - before); // 4096
  ones.dispose();
  console.log(allocator.used() - before); // 0
});
