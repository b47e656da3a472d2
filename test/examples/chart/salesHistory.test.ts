import { salesHistory } from "../../../lib/chart/salesHistory";
import { example } from "../example";

example(salesHistory, () => {
  const dates = ["2020-01-05", "2020-01-12", "2020-01-19"];
  const figure = salesHistory({ dates, sales: [100, 120, 90], mentions: [7, 12, 5] }, { title: "Coats" });
  console.log(figure.layout.title?.text); // Coats
  console.log(figure.data.map(({ name }) => name)); // [ 'Sales', 'Mentions' ]
  console.log(figure.data.map((trace) => "y" in trace && trace.y)); // [ [ 100, 120, 90 ], [ 7, 12, 5 ] ]
});
