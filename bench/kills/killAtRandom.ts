import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { integer, type Random, seededRandom } from "../../lib/random";
import type { Notebook } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { countCheckpoints, type Moment, processesOf, run, runAndKill, type Victim } from "./killedRun";
import { EPOCHS, type TrainingNotebook, writeTrainingNotebook } from "./trainingNotebook";

/** What the last cell prints of its training. */
interface Trained {
  reused: number;
  weights: string;
}

const EPOCH = 0.5; // seconds, about
const ENDING = 5000; // ms for the processes that are left to end

/** Kills so many runs at seeded moments and prints what is wrong after each. Gives whether nothing was. */
export async function killAtRandom(options: { times: number; seed: number; signal: AbortSignal }): Promise<boolean> {
  const { times, seed, signal } = options;
  const random = seededRandom(seed);
  const whole = await inFolder(async (notebook) => {
    await runWhole(notebook); // warms the caches of files
    fs.rmSync(notebook.checkpoints, { recursive: true });
    return { seconds: await runWhole(notebook), ...trained(notebook) };
  });
  console.log(`unbroken: ${whole.seconds.toFixed(1)} s, weights ${whole.weights.slice(0, 12)}`);
  const wrong: string[] = [];
  const resumed: Record<string, number> = {};
  let kills = 0;
  while (kills < times && !signal.aborted) {
    const victim: Victim = kills % 2 === 0 ? "kernel" : "runner";
    const moment = kills % 4 < 2 ? anyMoment(random, whole.seconds) : momentOfTraining(random);
    await inFolder(async (notebook) => {
      if (!(await runAndKill(notebook, victim, moment))) return; // it was over before: another moment
      kills++;
      const found = [...(await afterKill(notebook)), ...(await afterRerun(notebook, whole.weights))];
      const reused = found.length > 0 ? "-" : String(trained(notebook).reused);
      resumed[reused] = (resumed[reused] ?? 0) + 1;
      console.log(
        `${kills}: the ${victim} ${inWords(moment)}, ${reused} epochs kept; ${found.join("; ") || "all right"}`,
      );
      wrong.push(...found);
    });
  }
  const spread = Object.entries(resumed).map(([epochs, count]) => `${epochs} epochs kept: ${count}`);
  console.log(`${kills} kills, ${wrong.length} times something was wrong; ${spread.join(", ")}`);
  return wrong.length === 0;
}

/** Gives the seconds it took. */
async function runWhole(notebook: TrainingNotebook): Promise<number> {
  const { seconds, code, said } = await run(notebook);
  if (code !== 0) throw new Error(`the unbroken run failed: ${said}`);
  return seconds;
}

function anyMoment(random: Random, seconds: number): Moment {
  return { checkpoints: 0, seconds: random.uniform() * seconds };
}

/** Within an epoch's time after one of the checkpoints that are written before the last. */
function momentOfTraining(random: Random): Moment {
  return { checkpoints: integer(random, 1, EPOCHS), seconds: (integer(random, 0, 1000) / 1000) * EPOCH };
}

function inWords({ checkpoints, seconds }: Moment): string {
  return `${seconds.toFixed(2)} s after ${checkpoints === 0 ? "the start" : `checkpoint ${checkpoints}`}`;
}

async function inFolder<T>(work: (notebook: TrainingNotebook) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-kills-"));
  try {
    return await work(writeTrainingNotebook(folder));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with what a kill has left. */
async function afterKill(notebook: TrainingNotebook): Promise<string[]> {
  const wrong: string[] = [];
  const start = Date.now();
  for (; processesOf(notebook).length > 0; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() - start > ENDING) {
      wrong.push(
        `left running: ${processesOf(notebook)
          .map(({ args }) => args.slice(0, 80))
          .join(", ")}`,
      );
      break;
    }
  if (!fs.existsSync(notebook.output)) return wrong;
  try {
    const saved = loadNotebook(notebook.output);
    for (let cell = 1; cell < lastBegun(notebook); cell++)
      if (!printed(saved, cell).includes(`cell ${cell}\n`)) wrong.push(`cell ${cell} was finished and is not saved`);
  } catch (error) {
    wrong.push(`the output is no notebook: ${(error as Error).message}`);
  }
  return wrong;
}

/** What is wrong with the run after a kill. */
async function afterRerun(notebook: TrainingNotebook, weights: string): Promise<string[]> {
  const kept = countCheckpoints(notebook);
  const { code, said } = await run(notebook);
  if (code !== 0) return [`the second run failed: ${said}`];
  const { reused, weights: own } = trained(notebook);
  return [
    ...(reused === kept ? [] : [`the second run began after epoch ${reused}, checkpoints were there of ${kept}`]),
    ...(own === weights ? [] : ["the weights are others than those of the unbroken run"]),
  ];
}

/** The last cell of which a run has said that it began. A run that was killed at once has said nothing. */
function lastBegun({ begun }: TrainingNotebook): number {
  return fs.existsSync(begun) ? Math.max(...fs.readFileSync(begun, "utf8").split("\n").map(Number)) : 0;
}

function trained({ output }: TrainingNotebook): Trained {
  return JSON.parse(printed(loadNotebook(output), 5));
}

/** What the cell of this number has printed. */
function printed({ cells }: Notebook, number: number): string {
  const own = cells.filter(({ cell_type, id }) => cell_type === "code" && id === `cell-${number}`);
  return own
    .flatMap(({ outputs = [] }) => outputs)
    .map((output) => (output.output_type === "stream" && output.name === "stdout" ? String(output.text) : ""))
    .join("");
}
