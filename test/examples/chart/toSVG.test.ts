import { probabilityBars } from "../../../lib/chart/probabilityBars";
import { toSVG } from "../../../lib/chart/toSVG";
import { example } from "../example";

example(toSVG, () => {
  const svg = toSVG(probabilityBars([0.2, 0.8], ["Coat", "Bag"]), { width: 400 });
  console.log(/ width="\d+" height="\d+"/.exec(svg)?.[0]); // width="400" height="136"
  const texts = Array.from(svg.matchAll(/>([^<>]+)</g), ([, text]) => text);
  console.log(texts.slice(-5)); // [ 'Coat', 'Bag', '20 %', '80 %', 'Predicted Bag' ]
});
