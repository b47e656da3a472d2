import { button } from "../../../lib/widgets/button";
import { example } from "../example";

example(button, () => {
  const train = button({ label: "Train" });
  // In a cell, `await train.next()` waits until somebody presses it.
  console.log(train.value); // 0
});
