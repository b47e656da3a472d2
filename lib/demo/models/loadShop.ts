import { createHash } from "node:crypto";
import * as path from "node:path";
import type * as tf from "@tensorflow/tfjs";
import type { ImageSet } from "../../data/imageSet";
import { plantedShop, type PlantedShop } from "../../data/plantedShop";
import { codeVersion } from "../../files";
import { seededRandom } from "../../random";
import { buildCoo } from "../../recommend/coo";
import { type Csr, identityCsr } from "../../recommend/csr";
import { csrFromDense } from "../../recommend/denseCsr";
import { fit } from "../../recommend/fit";
import { stackColumns } from "../../recommend/joinCsr";
import { buildRecommender, type Recommender } from "../../recommend/model";
import { loadModel, saveModel } from "../../recommend/saveModel";
import { embed } from "../../vision/embed";
import { toUnitLength } from "../../vision/embeddings";
import { toByteExamples } from "../../vision/examples";
import type { LoadSettings } from "./loadSettings";
import { readKept } from "./readKept";
import type { ShopSource } from "./shop";

/**
 * The shop of lesson 5 over these pictures, with a model trained by WARP whose items are described by their ids and
 * pictures together; the model is trained when there is none yet, and kept.
 *
 * @param network - asked what it sees in the pictures when the model has to be trained
 */
export async function loadShop(
  catalogue: ImageSet,
  network: tf.LayersModel,
  settings: LoadSettings,
): Promise<ShopSource> {
  const [users, epochs] = settings.quick ? [60, 3] : [800, 20];
  const log = shopLog(catalogue, users);
  const code = codeVersion(["recommend", "data/plantedShop.ts", "demo/models/loadShop.ts"]);
  const pictures = createHash("sha256").update(catalogue.images).digest("hex").slice(0, 6);
  const file = path.join(settings.folder, `demo-shop-users-${users}-epochs-${epochs}-${pictures}-${code}.model`);
  const kept = await readKept(file, () => loadModel(file).model, settings.log);
  if (kept) return { catalogue, log, model: kept };
  const itemFeatures = await describe(catalogue, network); // [items, items + 128]
  const model = await teach(log, itemFeatures, { ...settings, users, epochs });
  saveModel(file, { model });
  return { catalogue, log, model };
}

const SEED = 42;

/** What so many users bought in the demo's shop. */
export function shopLog({ labels }: ImageSet, users: number): PlantedShop {
  return plantedShop(labels, { users, random: seededRandom(SEED) });
}

async function describe(catalogue: ImageSet, network: tf.LayersModel): Promise<Csr> {
  const seen = toUnitLength(await embed(network, toByteExamples(catalogue).images));
  return stackColumns(identityCsr(catalogue.count), csrFromDense(seen.vectors, seen.length));
}

async function teach(
  shop: PlantedShop,
  itemFeatures: Csr,
  { users, epochs, signal, onProgress, log }: LoadSettings & { users: number; epochs: number },
): Promise<Recommender> {
  const what = "Training the recommender";
  log(`${what}, as there is none yet.`);
  const shape = { rows: users, columns: itemFeatures.rows };
  const purchases = buildCoo({ ...shape, rowIndices: shop.users, columnIndices: shop.items });
  const model = buildRecommender({ components: 16, loss: "warp", seed: SEED });
  const rounds = await fit(model, purchases, {
    ...{ epochs, itemFeatures, signal },
    onEpoch: ({ epoch }) => onProgress({ what, done: epoch, total: epochs }),
  });
  if (rounds.length < epochs) throw new Error("The training of the recommender was stopped; start again.");
  return model;
}
