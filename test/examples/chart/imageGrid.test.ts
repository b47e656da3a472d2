import { imageGrid } from "../../../lib/chart/imageGrid";
import { example } from "../example";

example(imageGrid, () => {
  // Two pictures of 2 x 2 pixels; the second one was not recognized.
  const images = Uint8Array.of(0, 255, 255, 0, 255, 255, 0, 0);
  const classes = { names: ["Coat", "Bag"], predicted: [0, 0], actual: [0, 1] };
  const figure = imageGrid(images, { width: 2, height: 2, ...classes, title: "Right and wrong" });
  const captions = figure.layout.annotations?.map(({ text }) => text.replace(/<br>/g, " ").replace(/<[^>]*>/g, ""));
  console.log(captions); // [ '0 Coat', '0 Coat (true: Bag)' ]
});
