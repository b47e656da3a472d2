import { mase, naiveScale, pinballLoss, rmsse, smape } from "../../../lib/forecast/accuracy";
import { example } from "../example";

example(naiveScale, () => {
  console.log(naiveScale([100, 110, 105, 120])); // { absolute: 10, squared: 116.66666666666667 }
});

example(mase, () => {
  const scale = naiveScale([100, 110, 105, 120]); // the naive forecast erred by 10 pieces
  console.log(mase([118, 121], [123, 131], scale)); // 0.75
});

example(rmsse, () => {
  const scale = naiveScale([100, 110, 100, 110]);
  console.log(rmsse([118, 121], [128, 121], scale).toFixed(3)); // 0.707
});

example(smape, () => {
  console.log(smape([90, 100], [110, 100])); // 10
});

example(pinballLoss, () => {
  // The upper end of an interval that nine in ten values should lie below.
  console.log(pinballLoss([120, 120], [110, 130], 0.9)); // 5
});
