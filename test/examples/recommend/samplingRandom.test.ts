import { samplingRandom } from "../../../lib/recommend/samplingRandom";
import { example } from "../example";

example(samplingRandom, () => {
  const draw = samplingRandom(5);
  console.log(draw(), draw()); // 363364348 1164617358

  // Items of a catalogue of a hundred.
  console.log(Array.from({ length: 6 }, () => draw() % 100)); // [ 31, 68, 86, 73, 37, 97 ]
  console.log(samplingRandom(5)()); // 363364348
});
