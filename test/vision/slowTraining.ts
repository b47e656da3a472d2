import { compile } from "../../lib/vision/compile";
import { buildSixLayerCnn } from "../../lib/vision/cnn";
import { train } from "../../lib/vision/train";
import { useBackend } from "../../lib/compute/useBackend";
import { squares } from "./squares";

// A process that trains a small net, resting after each batch: node … slowTraining.ts CHECKPOINTS MILLISECONDS

void (async () => {
  const [checkpoints, rest] = process.argv.slice(2);
  await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  const model = compile(buildSixLayerCnn({ seed: 5 }));
  const onBatch = ({ epoch, batch }: { epoch: number; batch: number }) => {
    console.log(`epoch ${epoch}, batch ${batch}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(rest));
  };
  await train(model, squares(100, 1), { epochs: 3, checkpoints, onBatch });
})();
