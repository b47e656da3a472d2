import { seededRandom } from "../../../lib/random";
import { augmentImage } from "../../../lib/vision/augment";
import { example } from "../example";

example(augmentImage, () => {
  const pixels = new Float32Array(28 * 28); // [28, 28]
  pixels[3 * 28 + 5] = 1; // one white pixel in row 3, column 5
  augmentImage(pixels, { flip: true, crop: 2 }, seededRandom(1));
  const place = pixels.indexOf(1);
  console.log(`row ${Math.floor(place / 28)}, column ${place % 28}`); // row 5, column 20
});
