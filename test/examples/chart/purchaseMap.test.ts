import { purchaseMap } from "../../../lib/chart/purchaseMap";
import { example } from "../example";

example(purchaseMap, () => {
  // Items 0 and 2 are bags, item 1 is a coat; customer 0 likes coats best, customer 1 bags.
  const figure = purchaseMap({
    users: [0, 1, 1],
    items: [1, 0, 2],
    kinds: [0, 1, 0],
    names: ["Bag", "Coat"],
    tastes: [1, 0],
  });
  console.log(figure.data.map(({ name }) => name)); // [ 'Bag', 'Coat' ]
  const [bags, coats] = figure.data.map((trace) => ("x" in trace ? { x: trace.x, y: trace.y } : undefined));
  console.log(bags, coats); // { x: [ 0, 1 ], y: [ 0, 0 ] } { x: [ 2 ], y: [ 1 ] }
});
