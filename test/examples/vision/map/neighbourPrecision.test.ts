import { useBackend } from "../../../../lib/compute/useBackend";
import { nearestNeighbours } from "../../../../lib/vision/map/nearestNeighbours";
import { neighbourPrecision } from "../../../../lib/vision/map/neighbourPrecision";
import { example } from "../../example";

example(neighbourPrecision, async () => {
  await useBackend({ log: () => {} });
  const near = nearestNeighbours({ vectors: Float32Array.of(0, 1, 2, 9, 11, 12), length: 1 }, { count: 1 });
  console.log(neighbourPrecision(near, [0, 0, 1, 1, 1, 1], { classes: 2 })); // [ 1, 0.75 ]
});
