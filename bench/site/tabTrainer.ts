import type { Tab } from "../../test/site/tabKernel";
import type { Answer } from "../cnn/cases";

const BATCH_SIZE = 32;

/** Trains original A in a tab. The pictures are noise: how long a step takes does not depend on them. */
export interface TabTrainer {
  /** Takes so many steps. */
  train(steps: number): Promise<Answer>;
}

const setUp = (threads: number, steps: number) => `
process.env.ATELIER_THREADS = "${threads}";
import { useBackend } from "./lib/compute/useBackend";
import { seededRandom } from "./lib/random";
import { buildCnn } from "./lib/vision/cnn";
import { compile } from "./lib/vision/compile";
import { runEpoch } from "./lib/vision/runEpoch";
const backend = await useBackend({ log: () => {} });
const random = seededRandom(1);
const images = Float32Array.from({ length: ${steps * BATCH_SIZE} * 784 }, () => random.uniform());
const labels = Uint8Array.from({ length: ${steps * BATCH_SIZE} }, (_, i) => i % 10);
const model = compile(buildCnn());
console.log("on " + backend.description);`;

const TRAIN = `
const start = performance.now();
const plan = { model, examples: { images, labels }, batchSize: ${BATCH_SIZE}, random, epoch: 1, epochs: 1 };
await runEpoch({ ...plan, onBatch: () => {}, stop: { requested: false, release: () => {} } });
console.log("answer " + JSON.stringify({ seconds: (performance.now() - start) / 1000, parameters: model.countParams() }));`;

/** Makes the net in the kernel of a tab. */
export async function startTabTrainer(tab: Tab, threads: number, steps: number): Promise<TabTrainer> {
  await printedBy(tab, setUp(threads, steps), /on (.+)/);
  return { train: async () => JSON.parse(await printedBy(tab, TRAIN, /answer (.+)/)) as Answer };
}

/** What a cell prints after a word. */
async function printedBy(tab: Tab, code: string, word: RegExp): Promise<string> {
  const seen = await tab.ask("execute_request", { code });
  const text = seen.map(({ content }) => content.text ?? "").join("");
  const found = word.exec(text)?.[1];
  if (found === undefined) throw new Error(`a cell in the tab printed no "${word.source}": ${JSON.stringify(seen)}`);
  return found;
}
