import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { ImageSet } from "../../data/imageSet";
import { replaceFile } from "../../files";
import { learnedBy } from "../../recommend/model";
import * as recommender from "../../recommend/saveModel";
import * as networks from "../../vision/store";
import type { DemoModels } from "./buildServices";
import type { ForecasterSource } from "./forecaster";
import { shopLog } from "./loadShop";

const [NETWORK, FORECASTER] = ["network", "forecaster"];
const [SHOP_FILE, PICTURES_FILE, REST_FILE] = ["shop.model", "pictures.bin", "rest.json"];

/** What has no file of its own. */
interface Rest {
  catalogue: Pick<ImageSet, "width" | "height"> & { labels: number[] };
  forecaster: Omit<ForecasterSource, "model" | "sales">;
}

/** The files of a folder that `packModels` has filled. */
export const PACKED_FILES = [
  ...[NETWORK, FORECASTER].flatMap((folder) => [`${folder}/model.json`, `${folder}/weights.bin`]),
  ...[SHOP_FILE, PICTURES_FILE, REST_FILE],
];

/** Puts models into a folder with all that their answers need, for whoever has none of the data: `openModels` reads it. */
export async function packModels({ network, shop, forecaster }: DemoModels, folder: string): Promise<void> {
  const { model, scale, bounds, typical, held, coverage } = forecaster;
  const { images, labels, width, height } = shop.catalogue;
  const rest: Rest = {
    catalogue: { width, height, labels: [...labels] },
    forecaster: { scale, bounds, typical, held, coverage },
  };
  await networks.saveModel(network, path.join(folder, NETWORK));
  await networks.saveModel(model, path.join(folder, FORECASTER));
  recommender.saveModel(path.join(folder, SHOP_FILE), { model: shop.model });
  replaceFile(path.join(folder, PICTURES_FILE), images);
  replaceFile(path.join(folder, REST_FILE), JSON.stringify(rest));
}

/**
 * The models in a folder of `packModels`.
 *
 * @throws Error where a file of it is missing or damaged
 */
export async function openModels(folder: string): Promise<DemoModels> {
  const rest = JSON.parse(readFileSync(path.join(folder, REST_FILE), "utf8")) as Rest;
  const labels = Uint8Array.from(rest.catalogue.labels);
  const images = new Uint8Array(readFileSync(path.join(folder, PICTURES_FILE)));
  const catalogue = { ...rest.catalogue, images, labels, count: labels.length };
  const { model } = recommender.loadModel(path.join(folder, SHOP_FILE));
  const log = shopLog(catalogue, learnedBy(model).userFeatures.rows);
  return {
    network: await networks.loadModel(path.join(folder, NETWORK)),
    shop: { catalogue, log, model },
    forecaster: { ...rest.forecaster, model: await networks.loadModel(path.join(folder, FORECASTER)) },
  };
}
