import { embeddingMap } from "../../../lib/chart/embeddingMap";
import { example } from "../example";

example(embeddingMap, () => {
  // The places (x, y) of two trousers and a bag.
  const points = [-1, 0, -2, 0.5, 3, 1];
  const figure = embeddingMap(points, [0, 0, 1], ["Trouser", "Bag"], { title: "Alike lies close" });
  console.log(figure.data.map(({ name }) => name)); // [ '0 Trouser', '1 Bag' ]
  console.log(figure.data.map((trace) => "x" in trace && trace.x)); // [ [ -1, -2 ], [ 3 ] ]
});
