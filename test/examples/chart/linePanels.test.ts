import { linePanels } from "../../../lib/chart/linePanels";
import { example } from "../example";

example(linePanels, () => {
  const loss = { heading: "Loss", lines: { WARP: [3, 2, 1.5], BPR: [0.7, 0.6, 0.5] } };
  const auc = { heading: "AUC", lines: { WARP: [0.6, 0.8, 0.85], BPR: [0.6, 0.7, 0.75] } };
  const figure = linePanels([loss, auc], { title: "Two losses", places: [1, 5, 10] });
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ '<b>Loss</b>', '<b>AUC</b>' ]
  const names = figure.data.map(({ name, xaxis }) => `${name} in ${xaxis}`);
  console.log(names); // [ 'WARP in x', 'BPR in x', 'WARP in x2', 'BPR in x2' ]
});
