import { figureHTML } from "../../../lib/chart/figureHTML";
import { pictureHTML } from "../../../lib/chart/pictureHTML";
import { probabilityBars } from "../../../lib/chart/probabilityBars";
import { toSVG } from "../../../lib/chart/toSVG";
import { example } from "../example";

example(figureHTML, () => {
  const figure = probabilityBars([0.2, 0.8], ["Coat", "Bag"]);
  const html = figureHTML(figure, pictureHTML(toSVG(figure), "A bag"));

  // A still picture at once, and the figure for plotly.js, which draws in its place.
  console.log(/<img [^>]*alt="(.*?)"/.exec(html)?.[1]); // A bag
  console.log(/"text":"(.*?)"/.exec(html)?.[1]); // Predicted Bag
});
