import { useBackend } from "../../../../lib/compute/useBackend";
import { normal, seededRandom } from "../../../../lib/random";
import { nearestNeighbours } from "../../../../lib/vision/map/nearestNeighbours";
import { umap } from "../../../../lib/vision/map/umap";
import { example } from "../../example";

example(umap, async () => {
  await useBackend({ log: () => {} });
  // Sixty vectors of ten numbers; the even ones lie far from the odd ones.
  const random = seededRandom(1);
  const vectors = Float32Array.from({ length: 600 }, (_, at) => normal(random) + (Math.floor(at / 10) % 2 ? 9 : 0));
  const places = await umap(nearestNeighbours({ vectors, length: 10 }), { epochs: 50, seed: 1 });
  console.log(places.length); // 120

  const { rows } = nearestNeighbours({ vectors: places, length: 2 }, { count: 1 });
  console.log(rows.every((neighbour, row) => neighbour % 2 === row % 2)); // true
});
