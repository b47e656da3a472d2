import { standardize } from "../../../../lib/data/own/standardize";
import { example } from "../../example";

example(standardize, () => {
  // One feature: its mean is 20 and its deviation 10 in training.
  const train = { x: Float32Array.of(10, 30), shape: [2, 1], y: Int32Array.of(0, 1) };
  const test = { x: Float32Array.of(20, 50), shape: [2, 1], y: Int32Array.of(0, 1) };
  const [scaledTrain, scaledTest] = standardize(train, test);
  console.log(scaledTrain.x); // Float32Array(2) [ -1, 1 ]
  console.log(scaledTest.x); // Float32Array(2) [ 0, 3 ]
});
