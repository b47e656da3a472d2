import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run bench -- seeds [--lessons 01,02] [--seeds 42,43,44] [--epochs 10]

  seeds   trains the nets of the first two lessons once for each seed: mean and spread of their accuracies`;

const OPTIONS = { lessons: { type: "string" }, seeds: { type: "string" }, epochs: { type: "string" } } as const;

/** `npm run bench`: the measurements behind the numbers in the texts. */
export async function bench(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  if (positionals.length !== 1 || positionals[0] !== "seeds")
    throw new UsageError(`There is no measurement "${positionals.join(" ")}"; there is seeds. ${HELP.split("\n")[0]}`);
  const { benchSeeds } = await import("../../bench/seeds");
  await benchSeeds(values);
  return 0;
}
