import { surestMistakes } from "../../../lib/vision/surestMistakes";
import { example } from "../example";

example(surestMistakes, () => {
  // Probabilities of two classes for four pictures; only picture 0 is told rightly.
  const probabilities = Float32Array.of(0.9, 0.1, 0.3, 0.7, 0.2, 0.8, 0.6, 0.4);
  const labels = Uint8Array.of(0, 0, 0, 1);
  console.log(surestMistakes(probabilities, labels)); // Int32Array(3) [ 2, 1, 3 ]
  console.log(surestMistakes(probabilities, labels, 1)); // Int32Array(1) [ 2 ]
});
