import { oneCycle, rateAt } from "../../../lib/vision/schedule";
import { example } from "../example";

example(oneCycle, () => {
  const schedule = oneCycle(0.01, { warmUp: 0.3 });
  console.log(schedule); // [ [ 0, 0.0004 ], [ 0.3, 0.01 ], [ 1, 0.000001 ] ]
  // await train(model, training, { schedule });
});

example(rateAt, () => {
  const schedule = oneCycle(0.01);
  console.log([0, 0.25, 0.5, 1].map((share) => rateAt(schedule, share).toFixed(5))); // [ '0.00040', '0.01000', '0.00750', '0.00000' ]
});
