import { salesHistory } from "../../../lib/chart/salesHistory";
import { show } from "../../../lib/notebook/show";
import { example } from "../example";

example(show, () => {
  const dates = ["2020-01-05", "2020-01-12"];
  const figure = salesHistory({ dates, sales: [100, 120], mentions: [7, 12] });

  // A notebook shows the chart and the map; elsewhere their text goes to `log`.
  const lines: string[] = [];
  show(figure, { log: (text) => lines.push(text) });
  show(new Map([["coats", 3]]), { log: (text) => lines.push(text) });
  console.log(lines[0]); // Weekly sales and social mentions (Sales, Mentions)
  console.log(lines[1]); // Map(1) { 'coats' => 3 }
});
