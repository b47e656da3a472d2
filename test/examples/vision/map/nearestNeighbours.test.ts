import { useBackend } from "../../../../lib/compute/useBackend";
import { nearestNeighbours } from "../../../../lib/vision/map/nearestNeighbours";
import { example } from "../../example";

example(nearestNeighbours, async () => {
  await useBackend({ log: () => {} });
  const vectors = { vectors: Float32Array.of(0, 0, 1, 0, 5, 5, 5, 7), length: 2 };
  const { rows, distances } = nearestNeighbours(vectors, { count: 1 });
  console.log(rows, distances); // Int32Array(4) [ 1, 0, 3, 2 ] Float32Array(4) [ 1, 1, 2, 2 ]

  const queries = { vectors: Float32Array.of(4, 4), length: 2 };
  console.log(nearestNeighbours(vectors, { count: 2, queries }).rows); // Int32Array(2) [ 2, 3 ]
});
