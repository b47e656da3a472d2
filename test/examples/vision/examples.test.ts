import { takeExamples, toByteExamples, toExamples } from "../../../lib/vision/examples";
import { example } from "../example";

example(toExamples, () => {
  // Two pictures of 28 x 28 pixels, the first black, the second white.
  const bytes = new Uint8Array(2 * 784).fill(255, 784);
  const { images, labels } = toExamples({ images: bytes, labels: Uint8Array.of(3, 8) });
  console.log(images[0], images[784]); // 0 1
  console.log(images.length, labels); // 1568 Uint8Array(2) [ 3, 8 ]
});

example(toByteExamples, () => {
  const bytes = new Uint8Array(2 * 784).fill(255, 784);
  const { images } = toByteExamples({ images: bytes, labels: Uint8Array.of(3, 8) });
  console.log(images.at(0), images.at(784)); // 0 1

  bytes[0] = 255; // the bytes were not copied
  console.log(images.at(0)); // 1
});

example(takeExamples, () => {
  // Three pictures: black, grey, white.
  const bytes = new Uint8Array(3 * 784).fill(51, 784).fill(255, 1568);
  const all = toExamples({ images: bytes, labels: Uint8Array.of(0, 1, 2) });
  const { images, labels } = takeExamples(all, Int32Array.of(2, 0));
  console.log(labels, images[0], images[784]); // Uint8Array(2) [ 2, 0 ] 1 0
});
