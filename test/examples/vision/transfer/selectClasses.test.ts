import { seededRandom } from "../../../../lib/random";
import { selectClasses, takePerClass } from "../../../../lib/vision/transfer/selectClasses";
import { example } from "../../example";

example(selectClasses, () => {
  const all = { images: new Float32Array(5 * 784), labels: Uint8Array.of(2, 4, 7, 4, 2) };
  const { labels } = selectClasses(all, [4, 2]); // class 4 becomes 0, class 2 becomes 1
  console.log(labels); // Uint8Array(4) [ 1, 0, 0, 1 ]
});

example(takePerClass, () => {
  const all = { images: new Float32Array(6 * 784), labels: Uint8Array.of(0, 1, 0, 1, 1, 1) };
  const { labels } = takePerClass(all, 2, seededRandom(1));
  console.log(labels); // Uint8Array(4) [ 0, 0, 1, 1 ]
});
