import { trainingCurves } from "../../../lib/chart/trainingCurves";
import { example } from "../example";

example(trainingCurves, () => {
  // What `train` gives back has these four lists.
  const history = { loss: [0.5, 0.4], accuracy: [0.8, 0.85], valLoss: [0.6, 0.5], valAccuracy: [0.78, 0.8] };
  const figure = trainingCurves(history, { title: "Two epochs" });
  console.log(figure.layout.annotations?.map(({ text }) => text)); // [ '<b>Loss</b>', '<b>Accuracy</b>' ]
  console.log(figure.data.map(({ name }) => name)); // [ 'training', 'validation', 'training', 'validation' ]
});
