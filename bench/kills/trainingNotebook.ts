import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";

/** A notebook in a folder of its own, and what its runs leave there. */
export interface TrainingNotebook {
  folder: string;
  file: string;
  output: string;
  /** Checkpoints lie in a folder of this one. */
  checkpoints: string;
  /** Holds the number of each cell that has begun, a line each. */
  begun: string;
}

/** Of the training, each of 47 steps. */
export const EPOCHS = 6;

const CELLS = [
  `import { appendFileSync } from "node:fs";
const begin = (cell: number) => appendFileSync("begun.txt", cell + "\\n");
begin(1);
console.log("cell 1");`,
  `begin(2);
import { useBackend } from "./lib/compute/useBackend";
import { loadFashionMnist } from "./lib/data/fashionMnist";
import { firstImages } from "./lib/data/split";
import { toExamples } from "./lib/vision/examples";
await useBackend({ log: () => {} });
const examples = toExamples(firstImages((await loadFashionMnist()).train, 1500));
console.log("cell 2");`,
  `begin(3);
import { compile } from "./lib/vision/compile";
import { buildCnn } from "./lib/vision/cnn";
const model = buildCnn({ seed: 42 });
compile(model);
console.log("cell 3");`,
  `begin(4);
import { train } from "./lib/vision/train";
const history = await train(model, examples, { epochs: ${EPOCHS}, checkpoints: "checkpoints" });
console.log("cell 4");`,
  `begin(5);
import { createHash } from "node:crypto";
const hash = createHash("sha256");
for (const weight of model.getWeights()) hash.update(new Uint8Array((await weight.data()).slice().buffer));
console.log(JSON.stringify({ reused: history.reusedEpochs, weights: hash.digest("hex") }));`,
];

/** Writes the notebook into `folder`, with links to the library and the packages beside it. */
export function writeTrainingNotebook(folder: string): TrainingNotebook {
  const file = path.join(folder, "training.ipynb");
  const cells = CELLS.map((source, index) => ({
    cell_type: "code",
    id: `cell-${index + 1}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { display_name: "TypeScript", language: "typescript", name: "tslab" };
  fs.writeFileSync(file, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  for (const name of ["lib", "node_modules"]) fs.symlinkSync(path.join(projectRoot, name), path.join(folder, name));
  const inside = (name: string) => path.join(folder, name);
  return { folder, file, output: inside("out.ipynb"), checkpoints: inside("checkpoints"), begun: inside("begun.txt") };
}
