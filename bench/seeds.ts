import { useBackend } from "../lib/compute/useBackend";
import { loadFashionMnist, type FashionMnist } from "../lib/data/fashionMnist";
import { holdOutLast, takeImages, trainTestSplit } from "../lib/data/split";
import { buildCnn, buildSixLayerCnn } from "../lib/vision/cnn";
import { compile } from "../lib/vision/compile";
import { evaluate } from "../lib/vision/evaluate";
import { toExamples } from "../lib/vision/examples";
import { train } from "../lib/vision/train";
import { meanAndRange } from "./statistics";

const lessons = {
  "01": { build: buildCnn, split: (count: number) => trainTestSplit(count), heldOut: "splitAccuracy" },
  "02": { build: buildSixLayerCnn, split: (count: number) => holdOutLast(count), heldOut: "validationAccuracy" },
};

/** What one training came to. */
interface Score {
  lesson: string;
  seed: number;
  heldOut: number;
  testAccuracy: number;
}

/** What to train: lessons are "01" and "02". */
interface SeedsOptions {
  lessons: string[];
  seeds: number[];
  epochs: number;
}

/** Trains the nets of the first two lessons once for each seed and prints their accuracies, mean and spread. */
export async function benchSeeds({ lessons: names, seeds, epochs }: SeedsOptions): Promise<void> {
  await useBackend();
  const data = await loadFashionMnist();
  for (const name of names as (keyof typeof lessons)[]) {
    const scores: Score[] = [];
    for (const seed of seeds) {
      scores.push(await score(data, name, { seed, epochs }));
      console.log(JSON.stringify(scores.at(-1)));
    }
    for (const column of ["heldOut", "testAccuracy"] as const)
      console.log(`lesson ${name} ${column}: ${meanAndRange(scores.map((row) => row[column]))}`);
  }
}

async function score(data: FashionMnist, name: keyof typeof lessons, settings: { seed: number; epochs: number }) {
  const { build, split } = lessons[name];
  const parts = split(data.train.count);
  const examples = toExamples(takeImages(data.train, parts.train));
  const validation = toExamples(takeImages(data.train, parts.test));
  const model = compile(build(settings));
  const history = await train(model, examples, { ...settings, validation, onEpoch: printEpoch });
  const test = await evaluate(model, toExamples(data.test));
  return { lesson: name, seed: settings.seed, heldOut: history.valAccuracy.at(-1)!, testAccuracy: test.accuracy };
}

function printEpoch({ epoch, msPerStep, valAccuracy }: { epoch: number; msPerStep: number; valAccuracy?: number }) {
  console.log(`epoch ${epoch}: ${msPerStep.toFixed(1)} ms/step, held out ${valAccuracy?.toFixed(4)}`);
}
