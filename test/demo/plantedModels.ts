import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBackend } from "../../lib/compute/useBackend";
import type { DemoModels } from "../../lib/demo/models/buildServices";
import { loadForecaster } from "../../lib/demo/models/loadForecaster";
import { loadShop } from "../../lib/demo/models/loadShop";
import { seededRandom } from "../../lib/random";
import { buildCnn } from "../../lib/vision/cnn";

const ITEMS = 600;
const SIZE = 28;

/** Models that have hardly learned, over pictures that are noise: small, made in a moment, and the same each time. */
export async function plantedModels(): Promise<DemoModels> {
  await useBackend({ log: () => {} });
  const random = seededRandom(1);
  const images = Uint8Array.from({ length: ITEMS * SIZE * SIZE }, () => 256 * random.uniform());
  const labels = Uint8Array.from({ length: ITEMS }, (_, item) => item % 10);
  const folder = mkdtempSync(join(tmpdir(), "planted-models-"));
  const settings = { folder, quick: true, log: () => {}, onProgress: () => {} };
  try {
    const network = buildCnn();
    const shop = await loadShop({ images, labels, count: ITEMS, width: SIZE, height: SIZE }, network, settings);
    return { network, shop, forecaster: await loadForecaster(settings) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
