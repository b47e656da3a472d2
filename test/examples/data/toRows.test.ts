import { toRows } from "../../../lib/data/toRows";
import { example } from "../example";

example(toRows, () => {
  const sales = [100, 120, 90];
  const mentions = [5, 7, 4];
  console.log(toRows([sales, mentions])); // Float64Array(6) [ 100, 5, 120, 7, 90, 4 ]
});
