import * as path from "node:path";
import type * as tf from "@tensorflow/tfjs";
import { loadFashionMnist } from "../../data/fashionMnist";
import { firstImages } from "../../data/split";
import { codeVersion, shownPath } from "../../files";
import { buildCnn } from "../../vision/cnn";
import { compile } from "../../vision/compile";
import { toByteExamples } from "../../vision/examples";
import { loadModel, saveModel } from "../../vision/store";
import { train } from "../../vision/train";
import type { LoadSettings } from "./loadSettings";
import { readKept } from "./readKept";

/** Where lesson 1 leaves its network with the parameters it has as it stands. */
const OF_LESSON = "lesson-01-seed-42-epochs-10-images-60000";

/**
 * The network of lesson 1: the lesson's own where it has been trained on this machine, else one with two passes over
 * the pictures, which is trained when there is none yet and kept.
 */
export async function loadNetwork({ folder, quick, log, onProgress, signal }: LoadSettings): Promise<tf.LayersModel> {
  const [epochs, images] = quick ? [1, 640] : [2, 60_000];
  const own = path.join(folder, `demo-network-epochs-${epochs}-images-${images}-${codeVersion(["compute", "vision"])}`);
  for (const place of quick ? [own] : [path.join(folder, OF_LESSON), own]) {
    const kept = await readKept(path.join(place, "model.json"), () => loadModel(place), log);
    if (kept) return kept;
  }
  const what = "Training the classifier";
  log(`${what}, as there is none in ${shownPath(folder)} yet; lesson 1 trains a better one.`);
  const { train: all } = await loadFashionMnist();
  const network = buildCnn();
  compile(network);
  const { stopped } = await train(network, toByteExamples(firstImages(all, images)), {
    ...{ epochs, signal, log, checkpoints: quick ? false : folder },
    onBatch: ({ epoch, batch, batches }) =>
      onProgress({ what, done: (epoch - 1) * batches + batch, total: epochs * batches }),
  });
  if (stopped) throw new Error("The training of the classifier was stopped; start again to go on with it.");
  await saveModel(network, own);
  return network;
}
