import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments } from "../lib/commands/usage";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- limits [--images 60000,480000] [--parameters 1000000,10000000,100000000,300000000]

Trains a network on more and more images, and networks of more and more parameters, each in a process of its own, and
prints the memory at its peak. Where it fails, it says why.

  --images      of 28 x 28 pixels, as floats and as bytes, for a network of one layer
  --parameters  of a network of two dense layers, for three steps of 32 images`;

const OPTIONS = {
  images: { type: "string", default: "60000,480000" },
  parameters: { type: "string", default: "1000000,10000000,100000000,300000000" },
} as const;

/** `npm run bench -- limits`: what limits a training on one machine. */
export async function benchLimits(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const [images, parameters] = (["images", "parameters"] as const).map((name) =>
    values[name].split(",").map((text) => wholeNumber(name, text, 999_999_999)),
  );
  const { measureLimits } = await import("./limits/measure");
  await measureLimits({ images, parameters, signal: abortOnInterrupt() });
  return 0;
}
