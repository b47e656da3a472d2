import { orUsageError, readArguments } from "../lib/commands/usage";
import { useBackend } from "../lib/compute/useBackend";
import { loadFashionMnist } from "../lib/data/fashionMnist";
import { holdOutLast } from "../lib/data/split";
import { predictWithMirror } from "../lib/vision/ensemble";
import { scoreProbabilities } from "../lib/vision/evaluate";
import { takeExamples, toByteExamples, type Examples, type Pixels } from "../lib/vision/examples";
import { buildNet } from "../lib/vision/net";
import { predict } from "../lib/vision/predict";
import { type Recipe, recipeOf, type RecipeName } from "../lib/vision/recipes";
import { compile } from "../lib/vision/compile";
import { oneCycle } from "../lib/vision/schedule";
import { train } from "../lib/vision/train";
import { readSeeds } from "./options";
import { meanAndRange } from "./statistics";

const HELP = `Usage: npm run bench -- recipe [--recipe standard] [--seeds 42,43,44] [--plain]

Trains the network of lesson 3 once for each seed, as step 8 of the lesson does, and prints its accuracy on the validation
pictures and on the official test pictures, with one view and with two views of each picture, and the minutes.

  --plain   without augmentation`;

const OPTIONS = {
  recipe: { type: "string", default: "standard" },
  seeds: { type: "string", default: "42,43,44" },
  plain: { type: "boolean" },
} as const;

/** `npm run bench -- recipe`: the accuracies of lesson 3 over several seeds. */
export async function benchRecipe(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const seeds = readSeeds(values.seeds);
  const recipe = orUsageError(() => recipeOf(values.recipe as RecipeName));
  const plan = values.plain ? { ...recipe, augment: {} } : recipe;
  await useBackend();
  const fashion = await loadFashionMnist();
  const everything = toByteExamples(fashion.train);
  const split = holdOutLast(everything.labels, 0.1);
  const data = {
    training: takeExamples(everything, split.train.subarray(0, plan.most.training)),
    validation: takeExamples(everything, split.test.subarray(0, plan.most.validation)),
    test: toByteExamples(fashion.test),
  };
  const rows = [];
  for (const seed of seeds) {
    rows.push(await score(plan, data, seed));
    console.log(JSON.stringify(rows.at(-1)));
  }
  for (const name of ["validation", "oneView", "twoViews", "minutes"] as const)
    console.log(`${name}: ${meanAndRange(rows.map((row) => row[name]))}`);
  return 0;
}

type Data = Record<"training" | "validation" | "test", Examples<Pixels>>;

async function score(plan: Recipe, { training, validation, test }: Data, seed: number) {
  const { epochs, batchSize, augment, stages, highestRate } = plan;
  const model = compile(buildNet(stages, { batchNorm: true, seed }));
  const settings = { epochs, batchSize, augment, schedule: oneCycle(highestRate), seed };
  const history = await train(model, training, { ...settings, validation, onEpoch: printEpoch });
  const accuracy = (probabilities: Float32Array) => scoreProbabilities(probabilities, test.labels).accuracy;
  return {
    seed,
    validation: history.valAccuracy.at(-1)!,
    oneView: accuracy(await predict(model, test.images)),
    twoViews: accuracy(await predictWithMirror(model, test.images)),
    minutes: history.seconds.reduce((sum, epoch) => sum + epoch, 0) / 60,
  };
}

function printEpoch({ epoch, seconds, valAccuracy }: { epoch: number; seconds: number; valAccuracy?: number }) {
  console.log(`epoch ${epoch}: ${seconds.toFixed(0)} s, validation ${valAccuracy?.toFixed(4)}`);
}
