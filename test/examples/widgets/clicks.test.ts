import { probabilityBars } from "../../../lib/chart/probabilityBars";
import { clicks } from "../../../lib/widgets/clicks";
import { example } from "../example";

example(clicks, () => {
  const bars = clicks(probabilityBars([0.2, 0.8], ["Coat", "Bag"]));
  // A cell that ends in `bars` shows them; `await bars.next()` waits for a click.
  console.log(bars.value); // { selected: [] }
});
