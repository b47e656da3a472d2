import { backendCandidates } from "../../compute/backendCandidates";
import { useBackend } from "../../compute/useBackend";
import { seededRandom } from "../../random";
import { buildCnn } from "../../vision/cnn";
import { compile } from "../../vision/compile";
import { train } from "../../vision/train";

/*
 * The process that tries one backend, so that one that crashes takes nothing else with it. `backendTrial.ts TASK`, the task
 * as JSON; it says what came out as one line of JSON. See tryBackend.ts.
 */

/** What is to be tried. */
export interface TrialTask {
  /** A backend's name; without one `useBackend` chooses, and no step is taken. */
  name?: string;
  /** At most so many steps of training, beside one to warm up. */
  steps: number;
  batchSize: number;
  /** No step begins after so many seconds of training. */
  seconds: number;
}

/** What came out. */
export interface TrialOutcome {
  /** What the backend is, or what `useBackend` said of its choice. */
  description: string;
  /** Milliseconds of each step; the first one warms up, and counts only where it is the only one. */
  times: number[];
  /** The loss of each step, before it. */
  losses: number[];
}

async function runTrial({ name, ...training }: TrialTask): Promise<TrialOutcome> {
  if (name === undefined) return { description: await choose(), times: [], losses: [] };
  const candidate = backendCandidates.find((one) => one.name === name);
  if (!candidate) throw new RangeError(`there is no backend ${name}`);
  return { description: await candidate.start(), ...(await takeSteps(training)) };
}

async function choose(): Promise<string> {
  let said = "";
  await useBackend({ log: (line) => (said = line) });
  return said;
}

/** Trains the net of the first lesson on random images, always the same. */
async function takeSteps({ steps, batchSize, seconds }: Omit<TrialTask, "name">) {
  const random = seededRandom(1);
  const count = batchSize * (steps + 1);
  const images = Float32Array.from({ length: count * 784 }, () => random.uniform());
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const stopping = new AbortController();
  const ends = [performance.now()];
  const sums = [0];
  const onBatch = ({ loss, batch }: { loss: number; batch: number }) => {
    ends.push(performance.now());
    sums.push(loss * batch);
    if (ends[batch] - ends[0] > seconds * 1000) stopping.abort();
  };
  const quiet = { epochs: 1, checkpoints: false, log: () => {} } as const;
  await train(compile(buildCnn()), { images, labels }, { ...quiet, batchSize, onBatch, signal: stopping.signal });
  return { times: differences(ends), losses: differences(sums) };
}

function differences(values: number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]);
}

const say = (outcome: TrialOutcome | { why: string }) => process.stdout.write(`\n${JSON.stringify(outcome)}\n`);

runTrial(JSON.parse(process.argv[2]) as TrialTask).then(say, (error: Error) => say({ why: error.message }));
