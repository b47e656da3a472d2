import { integer, type Random, seededRandom } from "../../lib/random";
import { startTabKernel, type Tab, type TabKernel } from "../../test/site/tabKernel";
import { TINY_TRAINING } from "../../test/site/tinyTraining";

/** What a training has printed up to its end, or up to the end of its tab. */
interface Said {
  /** The epoch after which it began. */
  reused: number;
  /** The last epoch whose end was seen, also those that were trained before. */
  epoch: number;
  /** A sum of the weights; undefined where the training has not come to its end. */
  weights?: string;
}

/** What was counted. */
interface Tally {
  ended: number;
  lost: number;
  wrong: number;
}

const EPOCHS = 100;
const STEPS = 64; // in an epoch, of one picture each

/** Ends so many tabs at seeded moments of a training and prints what is wrong after each. Gives whether nothing was. */
export async function reloadAtRandom(options: { times: number; seed: number; signal: AbortSignal }): Promise<boolean> {
  const { times, seed, signal } = options;
  const kernel = await startTabKernel();
  try {
    const { weights } = await trainUpTo(kernel, "whole", Infinity);
    console.log(`unbroken: weights ${weights!.slice(0, 12)}`);
    const tally: Tally = { ended: 0, lost: 0, wrong: 0 };
    const tabs = newTabs(kernel);
    const random = seededRandom(seed);
    for (let round = 1; tally.ended < times && !signal.aborted; round++)
      await trainInPieces({ tabs, times, tally, random, folder: `round-${round}`, weights: weights! });
    console.log(`${tally.ended} tabs ended in training, ${tally.lost} epochs lost, ${tally.wrong} times something was wrong`); // prettier-ignore
    return tally.wrong === 0;
  } finally {
    await kernel.end();
  }
}

interface PieceParts {
  tabs: () => Promise<Tab>;
  times: number;
  tally: Tally;
  random: Random;
  folder: string;
  weights: string;
}

/** Trains to the end, in one tab after another. */
async function trainInPieces({ tabs, times, tally, random, folder, weights }: PieceParts): Promise<void> {
  for (let last: Said = { reused: 0, epoch: 0 }; last.weights === undefined;) {
    const step = tally.ended < times ? last.epoch * STEPS + integer(random, 1, 4 * STEPS) : Infinity;
    const tab = await tabs();
    const said = await trainUpTo(tab, folder, step);
    const faults = faultsOf(last, said, weights);
    tally.wrong += faults.length;
    tally.lost += Math.max(0, last.epoch - said.reused);
    if (said.weights === undefined) tally.ended++;
    const end = said.weights === undefined ? `ended in epoch ${said.epoch + 1}` : "came to its end";
    console.log(`${tally.ended}: began after epoch ${said.reused}, ${end}; ${faults.join("; ") || "all right"}`);
    last = said;
  }
}

function faultsOf(last: Said, { reused, weights }: Said, wanted: string): string[] {
  return [
    ...(reused >= last.epoch ? [] : [`the end of epoch ${last.epoch} was seen before`]),
    ...(weights === undefined || weights === wanted ? [] : ["the weights are others than those of the unbroken one"]),
  ];
}

/** Gives a fresh kernel each time: in the tab loaded again, or in another one after the tab was closed, in turns. */
function newTabs(kernel: TabKernel): () => Promise<Tab> {
  let tab: Tab = kernel;
  let count = 0;
  return async () => {
    if (count++ % 2 === 0) await tab.page.reload();
    else {
      await tab.page.close();
      tab = await kernel.another();
    }
    return tab;
  };
}

/** Trains until a step is taken, counted from the first epoch, or to the end. The training may go on after that. */
async function trainUpTo(tab: Tab, folder: string, step: number): Promise<Said> {
  const said: Said = { reused: 0, epoch: 0 };
  const reached = new Promise<void>((resolve) => {
    tab.onPrinted = (text) => {
      for (const [, what, value] of text.matchAll(/(reused|epoch|step|weights) (\w+)/g)) {
        if (what === "weights") said.weights = value;
        if (what === "reused") said.reused = Number(value);
        if (what === "reused" || what === "epoch") said.epoch = Number(value);
        if (what === "weights" || (what === "step" && Number(value) >= step)) resolve();
      }
    };
  });
  const asked = tab.ask("execute_request", { code: TINY_TRAINING + trainingCell(folder) });
  const failed = async (seen: object) => {
    if (said.weights === undefined) throw new Error(`the training failed: ${JSON.stringify(seen)}`);
  };
  await Promise.race([reached, asked.then(failed, () => reached)]); // an ended tab gives no answer
  return said;
}

function trainingCell(folder: string): string {
  return `
import { createHash } from "node:crypto";
await train(model, examples, {
  ...{ epochs: ${EPOCHS}, batchSize: 1, checkpoints: "../data/models/${folder}", log: () => {} },
  onBatch: ({ epoch, batch }) => console.log("step " + ((epoch - 1) * ${STEPS} + batch)),
  onEpoch: ({ epoch, reused }) => console.log((reused ? "reused " : "epoch ") + epoch),
});
const sum = createHash("sha256");
for (const weight of model.getWeights()) sum.update(new Uint8Array((await weight.data()).slice().buffer));
console.log("weights " + sum.digest("hex"));`;
}
