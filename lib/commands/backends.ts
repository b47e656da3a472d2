import { backendCandidates } from "../compute/backendCandidates";
import { askedBackend } from "../compute/useBackend";
import { formatTable } from "../runner/history";
import type { TrialOutcome } from "./backends/backendTrial";
import { tryBackend } from "./backends/tryBackend";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run backends [-- NAME …]

Tries the TensorFlow.js backends, or those that are named, each in a process of its own: whether it is there, and how long
a training step of the first lesson's net takes on it (32 images; the median of ten, of fewer where they take long). Then
it says which one is used here, and why. ATELIER_BACKEND=name chooses another.`;

/** `npm run backends`: what this machine can train with. */
export async function backends(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
  askedBackend(); // a wrong name is refused before minutes go into timing
  const rows: string[][] = [];
  for (const name of chosenNames(positionals)) {
    process.stderr.write(`trying ${name} …\n`);
    const outcome = await tryBackend({ name });
    rows.push([name, ...("why" in outcome ? [outcome.why, "-"] : [outcome.description, stepTime(outcome)])]);
  }
  console.log(formatTable([["backend", "what it is, or why it is not there", "ms a step"], ...rows]));
  const choice = await tryBackend({});
  console.log(
    "why" in choice ? `The choice fails: ${choice.why}. ATELIER_BACKEND=simd avoids it.` : choice.description,
  );
  return "why" in choice ? 1 : 0;
}

function chosenNames(words: string[]): string[] {
  const names = backendCandidates.map(({ name }) => name);
  const wrong = words.find((word) => !names.includes(word));
  if (wrong !== undefined) throw new UsageError(`There is no backend "${wrong}"; the backends are ${names.join(", ")}`);
  return words.length > 0 ? words : names;
}

/** Median in milliseconds, the first step left out unless it is the only one. */
function stepTime({ times }: TrialOutcome): string {
  const counted = (times.length > 1 ? times.slice(1) : times).sort((a, b) => a - b);
  return counted[counted.length >> 1].toFixed(1);
}
