import { backendCandidates, type BackendCandidate } from "../compute/backendCandidates";
import { askedBackend, useBackend } from "../compute/useBackend";
import { seededRandom } from "../random";
import { buildCnn } from "../vision/cnn";
import { compile } from "../vision/compile";
import { train } from "../vision/train";
import { formatTable } from "../runner/history";
import { readArguments } from "./usage";

const HELP = `Usage: npm run backends

Lists the TensorFlow.js backends that are there, how long each takes for a training step of the first lesson's net
(32 images), and which one will be used. ATELIER_BACKEND=name chooses another.`;

/** Steps timed after one to warm up; the last resort gets a single one, of which each takes half a minute. */
const STEPS = 40;
const BATCH_SIZE = 32;

/** `npm run backends`: what this machine can train with. */
export async function backends(args: string[]): Promise<number> {
  readArguments(args, { options: {} }, HELP);
  askedBackend(); // a wrong name is refused before minutes go into timing
  const rows: string[][] = [];
  for (const candidate of backendCandidates) {
    process.stderr.write(`trying ${candidate.name} …\n`);
    rows.push([candidate.name, ...(await probe(candidate))]);
  }
  console.log(formatTable([["backend", "what it is", "ms a step"], ...rows]));
  await useBackend();
  return 0;
}

async function probe({ name, start }: BackendCandidate): Promise<[string, string]> {
  try {
    const description = await start();
    return [description, (await millisecondsPerStep(name === "cpu" ? 0 : STEPS)).toFixed(1)];
  } catch (error) {
    return [(error as Error).message, "-"];
  }
}

/** Median over the steps, the first left out unless it is the only one. */
async function millisecondsPerStep(steps: number): Promise<number> {
  const random = seededRandom(1);
  const count = BATCH_SIZE * (steps + 1);
  const images = Float32Array.from({ length: count * 784 }, () => random.uniform());
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const times = [performance.now()];
  const onBatch = () => void times.push(performance.now());
  await train(compile(buildCnn()), { images, labels }, { epochs: 1, checkpoints: false, onBatch, log: () => {} });
  const spans = times.slice(1).map((time, i) => time - times[i]);
  const counted = (spans.length > 1 ? spans.slice(1) : spans).sort((a, b) => a - b);
  return counted[Math.floor(counted.length / 2)];
}
