import { recommendationRow } from "../../../lib/chart/recommendationRow";
import { example } from "../example";

example(recommendationRow, () => {
  // Two pictures of 2 x 2 pixels, the best item first.
  const images = Uint8Array.of(255, 255, 0, 0, 0, 0, 255, 255);
  const figure = recommendationRow(images, { width: 2, height: 2, titles: ["Boot", "Bag"], scores: [2.345, 1.5] });
  console.log(figure.layout.title?.text); // Recommended for you
  const texts = figure.layout.annotations?.map(({ text }) => text);
  console.log(texts); // [ '<b>Boot</b><br>score 2.35', '<b>Bag</b><br>score 1.50' ]
});
