import { draw } from "../../../lib/widgets/draw";
import { example } from "../example";

example(draw, () => {
  const pad = draw({ label: "Draw a shirt" });
  const pixels = Array.from(pad.value, (level) => level / 255); // what a network of lesson 2 takes
  console.log(pixels.length, Math.max(...pixels)); // 784 0
});
