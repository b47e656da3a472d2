import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { useBackend } from "../../../lib/compute/useBackend";
import { buildSixLayerCnn } from "../../../lib/vision/cnn";
import { predict } from "../../../lib/vision/predict";
import { loadModel, modelFolder, saveModel } from "../../../lib/vision/store";
import { example } from "../example";

example(modelFolder, () => {
  const folder = modelFolder("shirts");
  console.log(folder.split(sep).slice(-3)); // [ 'data', 'models', 'shirts' ]
});

example(saveModel, async () => {
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  const model = buildSixLayerCnn();
  await saveModel(model, folder);
  const { size } = statSync(join(folder, "weights.bin"));
  console.log(model.countParams(), size); // 93322 373288
  rmSync(folder, { recursive: true });
});

example(loadModel, async () => {
  await useBackend({ log: () => {} });
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  const model = buildSixLayerCnn({ seed: 1 });
  await saveModel(model, folder);
  const loaded = await loadModel(folder);

  const image = new Float32Array(784).fill(0.5);
  const [before, after] = [await predict(model, image), await predict(loaded, image)];
  console.log(loaded.name, loaded.countParams()); // six-layer-cnn 93322
  console.log(before.every((value, i) => Math.abs(value - after[i]) < 1e-6)); // true
  rmSync(folder, { recursive: true });
});
