import { principalComponents } from "../../../lib/chart/principalComponents";
import { example } from "../example";

example(principalComponents, () => {
  // Three points on a line, 5 apart.
  const { points, explained } = principalComponents([0, 0, 3, 4, 6, 8], 2, { components: 2 });
  console.log(explained.map((share) => share.toFixed(2))); // [ '1.00', '0.00' ]
  const first = points.filter((_, index) => index % 2 === 0);
  console.log(Array.from(first, (at) => at.toFixed(1))); // [ '-5.0', '0.0', '5.0' ]
});
