import { imageRow } from "../../../lib/chart/imageRow";
import { example } from "../example";

example(imageRow, () => {
  // Three pictures of 2 x 2 pixels, from black to white.
  const images = Float32Array.of(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0);
  const figure = imageRow(images, { width: 2, height: 2, titles: ["black", "grey", "white"] });
  console.log(figure.layout.images?.map(({ x, y }) => [x, y])); // [ [ 0.5, 168 ], [ 1.5, 168 ], [ 2.5, 168 ] ]
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ 'black', 'grey', 'white' ]
});
