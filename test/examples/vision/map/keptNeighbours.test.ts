import { useBackend } from "../../../../lib/compute/useBackend";
import { sharedNeighbours, trustworthiness } from "../../../../lib/vision/map/keptNeighbours";
import { nearestNeighbours } from "../../../../lib/vision/map/nearestNeighbours";
import { example } from "../../example";

example(sharedNeighbours, async () => {
  await useBackend({ log: () => {} });
  const data = { vectors: Float32Array.of(0, 1, 3, 7), length: 1 };
  const map = { vectors: Float32Array.of(0, 1, 7, 3), length: 1 }; // the last two have changed places
  const [known, drawn] = [data, map].map((one) => nearestNeighbours(one, { count: 1 }));
  console.log(sharedNeighbours(known, known), sharedNeighbours(known, drawn)); // 1 0.5
});

example(trustworthiness, async () => {
  await useBackend({ log: () => {} });
  const data = { vectors: Float32Array.of(0, 1, 3, 7, 12), length: 1 };
  const mirrored = { vectors: data.vectors.map((value) => -value), length: 1 };
  const torn = { vectors: Float32Array.of(0, 8, 1, 9, 2), length: 1 };
  console.log(trustworthiness(data, mirrored, { count: 1 })); // 1
  console.log(trustworthiness(data, torn, { count: 1 }).toFixed(2)); // 0.53
});
