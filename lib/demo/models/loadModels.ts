import { useBackend } from "../../compute/useBackend";
import { loadTestImages } from "../../data/fashionMnist";
import { firstImages } from "../../data/split";
import { modelFolder } from "../../vision/store";
import type { DemoModels } from "./buildServices";
import { loadForecaster } from "./loadForecaster";
import { loadNetwork } from "./loadNetwork";
import type { LoadSettings } from "./loadSettings";
import { loadShop } from "./loadShop";

/** The pictures of the shop, as in lesson 5. */
const ITEMS = 1000;

/**
 * The demo's models: those that earlier runs and lessons have left, and quickly trained ones, which are kept for the next
 * time, where there are none.
 *
 * @param options.folder - where models are kept, default data/models
 * @param options.quick - default false
 * @param options.log - default console.log
 * @throws Error when a training was stopped
 */
export async function loadModels(options: Partial<LoadSettings> = {}): Promise<DemoModels> {
  const { folder = modelFolder(""), quick = false, log = console.log, onProgress = () => {}, signal } = options;
  const settings = { folder, quick, log, onProgress, signal };
  await useBackend({ log });
  const catalogue = firstImages(await loadTestImages(), ITEMS);
  const network = await loadNetwork(settings);
  return {
    network,
    shop: await loadShop(catalogue, network, settings),
    forecaster: await loadForecaster(settings),
  };
}
