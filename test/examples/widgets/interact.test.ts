import { interact } from "../../../lib/widgets/interact";
import { slider } from "../../../lib/widgets/slider";
import { example } from "../example";

example(interact, () => {
  const side = slider({ label: "Side", min: 1, max: 9, value: 3 });
  // A notebook shows the slider and, below it, the result, which follows.
  const seen: number[] = [];
  interact((values) => void seen.push(values.side ** 2), { side }); // Side: 3
  side.value = 5;
  console.log(seen); // [ 9, 25 ]
});
