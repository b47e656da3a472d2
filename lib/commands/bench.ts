import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run bench -- seeds [--lessons 01,02] [--seeds 42,43,44] [--epochs 10]

  seeds   trains the nets of the first two lessons once for each seed: mean and spread of their accuracies
  recipe  trains the network of lesson 3 once for each seed; see npm run bench -- recipe --help
  forecast the forecasts of lesson 4 over several seeds; see npm run bench -- forecast --help
  transfer two new classes from few labels, as in lesson 6; see npm run bench -- transfer --help
  warp    the recommender beside LightFM; see npm run bench -- warp --help
  warp-stream WARP from a file, by the number of interactions; see npm run bench -- warp-stream --help
  limits  memory of trainings by images and parameters; see npm run bench -- limits --help
  demo    the demo beside Gradio, and under abuse; see npm run bench -- demo --help
  demo-workers the demo by worker processes and threads, and a soak; see npm run bench -- demo-workers --help
  cnn     training and prediction beside Keras; see npm run bench -- cnn --help
  gpu     training on each backend that is here, beside Keras; see npm run bench -- gpu --help
  zoo     eighteen kinds of nets beside Keras; see npm run bench -- zoo --help
  profile where a net's step spends its time; see npm run bench -- profile --help
  kernel  the notebook kernel beside stock tslab and Deno's; see npm run bench -- kernel --help
  constructs what cells may hold, here and in Deno; see npm run bench -- constructs --help
  language the language server in a notebook; see npm run bench -- language --help
  workers a sweep on this machine and on workers, some of which are killed; see npm run bench -- workers --help
  site    training in a browser's tab, and visits to the site; see npm run bench -- site --help
  tab-lesson a lesson of the site, in Chromium and Firefox; see npm run bench -- tab-lesson --help
  reloads trainings in a browser whose tabs are reloaded or closed; see npm run bench -- reloads --help
  kills   runs that are killed at random and taken up again; see npm run bench -- kills --help
  hub     a class on a JupyterHub; see npm run bench -- hub --help
  sweep-slurm a sweep on Slurm that loses nodes; see npm run bench -- sweep-slurm --help`;

const OPTIONS = {
  lessons: { type: "string", default: "01,02" },
  seeds: { type: "string", default: "42,43,44" },
  epochs: { type: "string", default: "10" },
} as const;

/** Each loads its code when it is asked for. */
const MEASUREMENTS: Record<string, (args: string[]) => Promise<number>> = {
  recipe: async (args) => (await import("../../bench/recipe")).benchRecipe(args),
  forecast: async (args) => (await import("../../bench/forecast")).benchForecast(args),
  transfer: async (args) => (await import("../../bench/transfer")).benchTransfer(args),
  warp: async (args) => (await import("../../bench/warp")).benchWarp(args),
  "warp-stream": async (args) => (await import("../../bench/warpStream")).benchWarpStream(args),
  limits: async (args) => (await import("../../bench/limits")).benchLimits(args),
  demo: async (args) => (await import("../../bench/demo")).benchDemo(args),
  "demo-workers": async (args) => (await import("../../bench/demoWorkers")).benchDemoWorkers(args),
  cnn: async (args) => (await import("../../bench/cnn")).benchCnn(args),
  gpu: async (args) => (await import("../../bench/gpu")).benchGpu(args),
  zoo: async (args) => (await import("../../bench/zoo")).benchZoo(args),
  profile: async (args) => (await import("../../bench/profile")).benchProfile(args),
  kernel: async (args) => (await import("../../bench/kernel")).benchKernel(args),
  constructs: async (args) => (await import("../../bench/constructs")).benchConstructs(args),
  language: async (args) => (await import("../../bench/language")).benchLanguage(args),
  workers: async (args) => (await import("../../bench/workers")).benchWorkers(args),
  site: async (args) => (await import("../../bench/site")).benchSite(args),
  "tab-lesson": async (args) => (await import("../../bench/tabLesson")).benchTabLesson(args),
  reloads: async (args) => (await import("../../bench/reloads")).benchReloads(args),
  kills: async (args) => (await import("../../bench/kills")).benchKills(args),
  hub: async (args) => (await import("../../bench/hub")).benchHub(args),
  "sweep-slurm": async (args) => (await import("../../bench/sweepSlurm")).benchSweepSlurm(args),
};

/** `npm run bench`: the measurements behind the numbers in the texts. */
export async function bench(args: string[]): Promise<number> {
  const [name = "", ...rest] = args;
  if (Object.hasOwn(MEASUREMENTS, name)) return MEASUREMENTS[name](rest);
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  if (positionals.length !== 1 || positionals[0] !== "seeds")
    throw new UsageError(
      `There is no measurement "${positionals.join(" ")}"; there are seeds, ${Object.keys(MEASUREMENTS).join(", ")}. ${HELP.split("\n")[0]}`,
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
