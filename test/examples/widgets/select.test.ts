import { select } from "../../../lib/widgets/select";
import { example } from "../example";

example(select, () => {
  const loss = select({ label: "Loss", options: ["warp", "bpr", "logistic"] });
  console.log(loss.value); // warp

  // Values of any kind, each with a name.
  const size = select({ options: { small: [32, 64], large: [64, 128] } });
  console.log(size.value); // [ 32, 64 ]
});
