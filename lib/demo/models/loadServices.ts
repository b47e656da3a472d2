import { useBackend } from "../../compute/useBackend";
import { loadTestImages } from "../../data/fashionMnist";
import { firstImages } from "../../data/split";
import { modelFolder } from "../../vision/store";
import type { DemoServices } from "../services";
import { buildClassifier } from "./classifier";
import { loadForecaster } from "./loadForecaster";
import { loadNetwork } from "./loadNetwork";
import type { LoadSettings } from "./loadSettings";
import { loadShop } from "./loadShop";

/** The pictures of the shop, as in lesson 5. */
const ITEMS = 1000;

/**
 * All that the demo needs: the models that earlier runs and lessons have left, and quickly trained ones, which are kept
 * for the next time, where there are none.
 *
 * @param options.folder - where models are kept, default data/models
 * @param options.quick - default false
 * @param options.log - default console.log
 * @throws Error when a training was stopped
 */
export async function loadServices(options: Partial<LoadSettings> = {}): Promise<DemoServices> {
  const { folder = modelFolder(""), quick = false, log = console.log, onProgress = () => {}, signal } = options;
  const settings = { folder, quick, log, onProgress, signal };
  await useBackend({ log });
  const catalogue = firstImages(await loadTestImages(), ITEMS);
  const network = await loadNetwork(settings);
  return {
    classifier: buildClassifier(network, catalogue),
    shop: await loadShop(catalogue, network, settings),
    forecaster: await loadForecaster(settings),
  };
}
