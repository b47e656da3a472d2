import { countConfusion } from "../../../lib/data/countConfusion";
import { example } from "../example";

example(countConfusion, () => {
  // Class 0 are shirts, class 1 coats: one of three shirts was taken for a coat.
  const { matrix, accuracy } = countConfusion([0, 0, 0, 1], [0, 1, 0, 1], 2);
  console.log(matrix); // [ [ 2, 1 ], [ 0, 1 ] ]
  console.log(accuracy); // 0.75
});
