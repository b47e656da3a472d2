import { gatherRows, shareAbove, toUnitLength } from "../../../lib/vision/embeddings";
import { example } from "../example";

example(gatherRows, () => {
  const embeddings = { vectors: Float32Array.of(1, 2, 3, 4, 5, 6), length: 2 };
  console.log(gatherRows(embeddings, [2, 0])); // Float32Array(4) [ 5, 6, 1, 2 ]
});

example(shareAbove, () => {
  // Probabilities of two classes for four pictures: of how many is the model more than 80 % sure?
  const probabilities = { vectors: Float32Array.of(0.9, 0.1, 0.5, 0.5, 0.3, 0.7, 0.05, 0.95), length: 2 };
  console.log(shareAbove(probabilities, 0.8)); // 0.5
});

example(toUnitLength, () => {
  const { vectors } = toUnitLength({ vectors: Float32Array.of(3, 4, 0, 2, 0, 0), length: 2 });
  console.log(Array.from(vectors, (value) => value.toFixed(1))); // [ '0.6', '0.8', '0.0', '1.0', '0.0', '0.0' ]
});
