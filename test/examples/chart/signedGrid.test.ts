import { signedGrid } from "../../../lib/chart/signedGrid";
import { example } from "../example";

example(signedGrid, () => {
  // Two filters of 3 x 3: one finds edges, the other brightness.
  const filters = Float32Array.of(1, 0, -1, 1, 0, -1, 1, 0, -1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  const figure = signedGrid(filters, { width: 3, height: 3, title: "Two filters" });
  console.log(figure.layout.images?.length, figure.layout.title?.text); // 2 Two filters
});
