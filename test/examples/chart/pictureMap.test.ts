import { pictureMap } from "../../../lib/chart/pictureMap";
import { example } from "../example";

example(pictureMap, async () => {
  // Two coats beside each other and a bag; `show(await pictureMap(…))` shows the map in a notebook.
  const points = [0, 0, 0.2, 0.1, 3, 2];
  const images = new Uint8Array(3 * 784).fill(200);
  const map = await pictureMap({ points, labels: [0, 0, 1], names: ["Coat", "Bag"], images });
  console.log(map.html.slice(0, 24)); // <div class="atelier-map"
});
