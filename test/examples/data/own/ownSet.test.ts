import { splitSet, takeExamples } from "../../../../lib/data/own/ownSet";
import { example } from "../../example";

example(splitSet, () => {
  // Five flats: their area and, to be foretold, their rent.
  const flats = { x: Float32Array.of(30, 40, 50, 60, 70), shape: [5, 1], y: Float32Array.of(300, 400, 500, 600, 700) };
  const { train, test } = splitSet(flats, { testShare: 0.4 });
  console.log(train.shape, test.shape); // [ 3, 1 ] [ 2, 1 ]
  console.log(test.x, test.y); // Float32Array(2) [ 40, 70 ] Float32Array(2) [ 400, 700 ]
});

example(takeExamples, () => {
  const clothes = {
    x: Float32Array.of(1, 10, 2, 20, 3, 30),
    shape: [3, 2],
    y: Int32Array.of(0, 1, 0),
    classNames: ["coat", "shirt"],
  };
  const chosen = takeExamples(clothes, Int32Array.of(2, 1));
  console.log(chosen.x, chosen.shape); // Float32Array(4) [ 3, 30, 2, 20 ] [ 2, 2 ]
  console.log(chosen.y); // Int32Array(2) [ 0, 1 ]
});
