import { readArguments } from "../lib/commands/usage";
import { useBackend } from "../lib/compute/useBackend";
import { loadFashionMnist } from "../lib/data/fashionMnist";
import { buildSixLayerCnn } from "../lib/vision/cnn";
import { compile } from "../lib/vision/compile";
import { evaluate } from "../lib/vision/evaluate";
import { toExamples, type Examples } from "../lib/vision/examples";
import { train } from "../lib/vision/train";
import { fewShot, type FewShotScores } from "../lib/vision/transfer/fewShot";
import { selectClasses } from "../lib/vision/transfer/selectClasses";
import { readSeeds, wholeNumber } from "./options";
import { meanAndRange } from "./statistics";

const HELP = `Usage: npm run bench -- transfer [--seeds 42,43,44] [--epochs 3] [--steps 150]

Trains the network of lesson 6 on eight classes once for each seed, then two new classes from 1 to 200 labels of each:
with a new head only, fine-tuned, and from scratch. Prints mean and range of the accuracies on official test pictures.`;

const OPTIONS = {
  seeds: { type: "string", default: "42,43,44" },
  epochs: { type: "string", default: "3" },
  steps: { type: "string", default: "150" },
} as const;

const NEWCOMERS = [2, 4]; // pullover and coat
const KNOWN = [0, 1, 3, 5, 6, 7, 8, 9];
const AMOUNTS = [1, 3, 10, 30, 100, 200];

/** `npm run bench -- transfer`: the few-shot accuracies of lesson 6, with another pretrained network for each seed. */
export async function benchTransfer(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const seeds = readSeeds(values.seeds);
  const [epochs, steps] = [wholeNumber("epochs", values.epochs, 1000), wholeNumber("steps", values.steps, 100_000)];
  await useBackend();
  const fashion = await loadFashionMnist();
  const parts = { all: toExamples(fashion.train), test: toExamples(fashion.test) };
  const rows: Awaited<ReturnType<typeof score>>[] = [];
  for (const seed of seeds) {
    rows.push(await score(parts, { seed, epochs, steps }));
    console.log(JSON.stringify(rows.at(-1)));
  }
  console.log(`eight classes: ${meanAndRange(rows.map(({ known }) => known))}`);
  for (const way of ["frozen", "fine-tuned", "from scratch"] as const)
    AMOUNTS.forEach((labels, at) =>
      console.log(`${labels} labels, ${way}: ${meanAndRange(rows.map(({ scores }) => scores[at][way]))}`),
    );
  return 0;
}

async function score(
  { all, test }: Record<"all" | "test", Examples>,
  { seed, epochs, steps }: { seed: number; epochs: number; steps: number },
) {
  const pretrained = compile(buildSixLayerCnn({ seed }));
  await train(pretrained, selectClasses(all, KNOWN), { epochs, seed });
  const { accuracy: known } = await evaluate(pretrained, selectClasses(test, KNOWN));
  const [pool, exam] = [selectClasses(all, NEWCOMERS), selectClasses(test, NEWCOMERS)];
  const scores: FewShotScores[] = [];
  for (const labels of AMOUNTS)
    scores.push(await fewShot({ pretrained, build: buildSixLayerCnn, pool, exam }, { labels, seed, steps }));
  return { seed, known, scores };
}
