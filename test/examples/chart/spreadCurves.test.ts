import { spreadCurves } from "../../../lib/chart/spreadCurves";
import { example } from "../example";

example(spreadCurves, () => {
  // Two runs with 10 labels, two with 100.
  const frozen = { name: "frozen", runs: [[0.7, 0.8], [0.8, 0.84]] }; // prettier-ignore
  const figure = spreadCurves([frozen], [10, 100], { place: "labels", score: "accuracy" });
  const [band, line] = figure.data.map((trace) => "y" in trace && trace.y);
  console.log(line, band); // [ 0.75, 0.82 ] [ 0.7, 0.8, 0.84, 0.8 ]
});
