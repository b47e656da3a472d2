import { liveCurves } from "../../../lib/notebook/liveCurves";
import { example } from "../example";

example(liveCurves, () => {
  // The first of two epochs is over, half of the second one too.
  const place = { epochs: 2, batches: 2, msPerStep: 40 };
  const batches = [
    { ...place, epoch: 1, batch: 1, scores: { loss: 0.9 } },
    { ...place, epoch: 1, batch: 2, scores: { loss: 0.7 } },
    { ...place, epoch: 2, batch: 1, scores: { loss: 0.5 } },
  ];
  const figure = liveCurves(batches, [{ ...batches[1], scores: { loss: 0.7, val_loss: 0.8 } }]);
  const names = figure.data.map(({ name }) => name ?? "within the epochs");
  console.log(names); // [ 'within the epochs', 'training', 'validation' ]
  const [within] = figure.data;
  console.log("x" in within && within.x, "y" in within && within.y); // [ 0.5, 1, null, 1.5 ] [ 0.9, 0.7, null, 0.5 ]
});
