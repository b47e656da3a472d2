import type * as tf from "@tensorflow/tfjs";
import type { DemoServices } from "../services";
import { buildClassifier } from "./classifier";
import { buildForecaster, type ForecasterSource } from "./forecaster";
import { buildShop, type ShopSource } from "./shop";

/** What has been learned for the demo. */
export interface DemoModels {
  /** The network that names what is on a picture. */
  network: tf.LayersModel;
  /** Its catalogue also gives the pictures to try. */
  shop: ShopSource;
  forecaster: ForecasterSource;
}

/** The demo's services out of models, which must not be changed afterwards, nor may the backend. */
export function buildServices({ network, shop, forecaster }: DemoModels): DemoServices {
  return {
    classifier: buildClassifier(network, shop.catalogue),
    shop: buildShop(shop),
    forecaster: buildForecaster(forecaster),
  };
}
