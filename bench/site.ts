import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { skip } from "../test/browser";
import { conclude } from "./conclude";
import { checkFile, wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- site [--rounds 5] [--steps 50] [--json FILE]

Trains the net of lesson 1 in turns in a tab of Chromium, in Node, and in Node without native code, with two threads and with
one, beside Keras where \`npm run bench -- cnn\` has installed it. A ratio above 1: the tab is faster. Then it builds the site and
visits it as somebody who has never been there, and again: seconds from the address to the first cell's result, and the megabytes
of the visit. At last it runs lesson 1 with its quick parameters in a tab, and counts the megabytes which that fetches.

  --rounds  rounds of each, after one of training to warm up
  --steps   training steps of 32 images in a round
  --json    writes the rows of training to a file`;

const OPTIONS = {
  rounds: { type: "string", default: "5" },
  steps: { type: "string", default: "50" },
  json: { type: "string" },
} as const;

/** `npm run bench -- site`: training in a browser's tab, and a visit to the site. */
export async function benchSite(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const rounds = wholeNumber("rounds", values.rounds, 999);
  const steps = wholeNumber("steps", values.steps, 1875);
  if (values.json !== undefined) checkFile(values.json);
  if (skip) throw new UsageError(`site needs Chromium: ${skip}`);
  const { measureSteps } = await import("./site/measureSteps");
  const { measureVisits, visitLines } = await import("./site/measureVisits");
  const { lessonLines, measureLesson } = await import("./site/measureLesson");
  const { formatRows } = await import("./cnn/report");
  const signal = abortOnInterrupt();
  const rows = await measureSteps({ rounds, steps, signal });
  const visits = signal.aborted ? [] : await measureVisits({ rounds, signal });
  const lesson = signal.aborted ? undefined : await measureLesson({ signal });
  const table = [formatRows(rows), ...visitLines(visits), ...lessonLines(lesson)].join("\n");
  return conclude({ rows, table, json: values.json, signal });
}
