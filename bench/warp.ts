import { readArguments, UsageError } from "../lib/commands/usage";

const HELP = `Usage: npm run bench -- warp --check | --quality | --dataset

  --check     our numbers beside LightFM's, which is installed with pip in an environment of its own
  --quality   ranking and cold start over five seeds, on a planted set and on Online Retail II
  --dataset   ten million rows streamed into a data set: time and memory`;

const OPTIONS = { check: { type: "boolean" }, quality: { type: "boolean" }, dataset: { type: "boolean" } } as const;

/** `npm run bench -- warp`: the recommender beside LightFM. */
export async function benchWarp(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  if (values.check) return (await (await import("./warp/check")).checkWarp()) ? 0 : 1;
  if (values.quality) {
    await (await import("./warp/quality")).measureQuality();
    return 0;
  }
  if (!values.dataset) throw new UsageError(`Nothing to measure was named. ${HELP.split("\n")[0]}`);
  await (await import("./warp/dataset")).measureDataset();
  return 0;
}
