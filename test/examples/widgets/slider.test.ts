import { slider } from "../../../lib/widgets/slider";
import { example } from "../example";

example(slider, () => {
  const rate = slider({ label: "Learning rate", min: 0.0001, max: 1, value: 0.01, scale: "log" });
  const moves: number[] = [];
  rate.onChange((value) => moves.push(value));
  rate.value = 0.1; // a person who moves it does the same
  console.log(rate.value, moves); // 0.1 [ 0.1 ]
});
