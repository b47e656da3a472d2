import { probabilityBars } from "../../../lib/chart/probabilityBars";
import { example } from "../example";

example(probabilityBars, () => {
  const figure = probabilityBars([0.25, 0.7, 0.05], ["Coat", "Shirt", "Bag"], { actual: 0 });
  console.log(figure.layout.title?.text); // Predicted Shirt (true: Coat)
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ '25 %', '70 %', '5.0 %' ]
});
