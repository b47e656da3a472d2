import { spreadDots } from "../../../lib/chart/spreadDots";
import { example } from "../example";

example(spreadDots, () => {
  const figure = spreadDots([
    { model: "WARP", metric: "AUC", mean: 0.8, low: 0.75, high: 0.83 },
    { model: "popularity", metric: "AUC", mean: 0.69, low: 0.68, high: 0.7 },
  ]);
  const [line, dot] = figure.data;
  console.log("x" in line && line.x, "x" in dot && dot.x); // [ 0.75, 0.83 ] [ 0.8 ]
  console.log(dot.hovertext); // WARP<br>AUC 0.800 (0.750 to 0.830)
});
