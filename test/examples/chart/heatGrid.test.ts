import { heatGrid } from "../../../lib/chart/heatGrid";
import { example } from "../example";

example(heatGrid, () => {
  // Two grey pictures of 2 x 2 pixels; the first is hot at the top.
  const images = new Float32Array(8).fill(0.5);
  const heat = [1, 1, 0, 0, 0, 0, 0, 0];
  const figure = heatGrid(images, heat, { width: 2, height: 2, titles: ["hot", "cold"] });
  console.log(figure.layout.images?.length); // 2
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ 'hot', 'cold' ]
});
