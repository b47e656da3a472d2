import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run bench -- seeds [--lessons 01,02] [--seeds 42,43,44] [--epochs 10]

  seeds   trains the nets of the first two lessons once for each seed: mean and spread of their accuracies
  recipe  trains the network of lesson 3 once for each seed; see npm run bench -- recipe --help
  forecast the forecasts of lesson 4 over several seeds; see npm run bench -- forecast --help
  transfer two new classes from few labels, as in lesson 6; see npm run bench -- transfer --help
  warp    the recommender beside LightFM; see npm run bench -- warp --help
  demo    the demo beside Gradio, and under abuse; see npm run bench -- demo --help
  cnn     training and prediction beside Keras; see npm run bench -- cnn --help
  zoo     eighteen kinds of nets beside Keras; see npm run bench -- zoo --help
  profile where a net's step spends its time; see npm run bench -- profile --help
  kernel  the notebook kernel beside stock tslab; see npm run bench -- kernel --help
  kills   runs that are killed at random and taken up again; see npm run bench -- kills --help`;

const OPTIONS = {
  lessons: { type: "string", default: "01,02" },
  seeds: { type: "string", default: "42,43,44" },
  epochs: { type: "string", default: "10" },
} as const;

/** `npm run bench`: the measurements behind the numbers in the texts. */
export async function bench(args: string[]): Promise<number> {
  if (args[0] === "recipe") return (await import("../../bench/recipe")).benchRecipe(args.slice(1));
  if (args[0] === "forecast") return (await import("../../bench/forecast")).benchForecast(args.slice(1));
  if (args[0] === "transfer") return (await import("../../bench/transfer")).benchTransfer(args.slice(1));
  if (args[0] === "warp") return (await import("../../bench/warp")).benchWarp(args.slice(1));
  if (args[0] === "demo") return (await import("../../bench/demo")).benchDemo(args.slice(1));
  if (args[0] === "cnn") return (await import("../../bench/cnn")).benchCnn(args.slice(1));
  if (args[0] === "zoo") return (await import("../../bench/zoo")).benchZoo(args.slice(1));
  if (args[0] === "profile") return (await import("../../bench/profile")).benchProfile(args.slice(1));
  if (args[0] === "kernel") return (await import("../../bench/kernel")).benchKernel(args.slice(1));
  if (args[0] === "kills") return (await import("../../bench/kills")).benchKills(args.slice(1));
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  if (positionals.length !== 1 || positionals[0] !== "seeds")
    throw new UsageError(
      `There is no measurement "${positionals.join(" ")}"; there are seeds, recipe, forecast, transfer, warp, demo, cnn, zoo, profile, kernel and kills. ${HELP.split("\n")[0]}`,
    );
  const lessons = checked("lessons", values.lessons, /^0[12](,0[12])*$/, "01, 02 or 01,02").split(",");
  const seeds = checked("seeds", values.seeds, /^\d{1,9}(,\d{1,9})*$/, "whole numbers, as in 42,43")
    .split(",")
    .map(Number);
  const epochs = Number(checked("epochs", values.epochs, /^[1-9]\d{0,5}$/, "a whole number from 1"));
  const { benchSeeds } = await import("../../bench/seeds");
  await benchSeeds({ lessons, seeds, epochs });
  return 0;
}

function checked(name: string, text: string, form: RegExp, wanted: string): string {
  if (form.test(text)) return text;
  throw new UsageError(`--${name} is "${text}"; give ${wanted}`);
}
