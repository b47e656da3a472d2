import { scoreCurves } from "../../../lib/chart/scoreCurves";
import { example } from "../example";

example(scoreCurves, () => {
  const loss = { heading: "Loss", training: [0.9, 0.5, 0.3], validation: [1, 0.7, 0.6] };
  const error = { heading: "Mean error", training: [12, 9, 7] };
  const figure = scoreCurves([loss, error], { title: "Three epochs" });
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ '<b>Loss</b>', '<b>Mean error</b>' ]
  const names = figure.data.map(({ name, yaxis }) => `${name} in ${yaxis}`);
  console.log(names); // [ 'training in y', 'validation in y', 'training in y2' ]
});
