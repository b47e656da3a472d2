import * as tf from "@tensorflow/tfjs";
import * as fs from "node:fs";
import * as path from "node:path";
import { modelsFolder, replaceFile } from "../files";
import { type BackendCandidate, simd, webgpu } from "./backendCandidate";
import { type TrialSteps, trialSteps } from "./trialSteps";
import { requestGpu } from "./webgpu/requestGpu";

/** What a trial has found, for one GPU and one release of TensorFlow.js. */
interface Found {
  gpu: string;
  library: string;
  /** Milliseconds of a step on each. */
  times: { simd: number; webgpu: number };
  /** Whether the losses agree. */
  agree: boolean;
}

/** What is tried, and by whom; all but the tests take the defaults. */
export interface GpuTrial {
  findGpu?: () => Promise<{ name: string }>;
  rivals?: Record<keyof Found["times"], Pick<BackendCandidate, "start">>;
  steps?: () => Promise<TrialSteps>;
  /** Where the outcome is kept. */
  file?: string;
}

/** Between losses of the same steps on two backends that are both right. */
const TOLERANCE = 1e-3;

/**
 * Why the GPU is not to be taken: it trains no faster than `simd`, or not to the same losses. Undefined where it is to be
 * taken. Ten steps of training on each decide; what came out is kept beside the models.
 *
 * @param log - hears that this takes a while, and how it came out
 * @throws Error that says why there is no GPU
 */
export async function whyNotGpu(
  log: (line: string) => void,
  { findGpu = requestGpu, rivals = { simd, webgpu }, steps = trialSteps, file = kept() }: GpuTrial = {},
): Promise<string | undefined> {
  const { name } = await findGpu();
  const known = read(file);
  const isKnown = known?.gpu === name && known.library === tf.version_core;
  const { times, agree } = isKnown ? known : await find(name);
  const told = `a step of training takes ${shown(times.webgpu)} ms on ${name} and ${shown(times.simd)} ms on simd`;
  if (!agree) return `${name} comes to other losses than simd`;
  if (times.webgpu >= times.simd) return told;
  if (!isKnown) log(`The GPU is taken: ${told}.`);
  return undefined;

  async function find(gpu: string): Promise<Found> {
    log(`Trying whether ${gpu} or the CPU trains faster …`);
    const trained: Record<string, TrialSteps> = {};
    for (const rival of ["simd", "webgpu"] as const) {
      await rivals[rival].start();
      trained[rival] = await steps();
    }
    const losses = trained.webgpu.losses;
    const agrees = losses.every((loss, i) => Math.abs(loss - trained.simd.losses[i]) <= TOLERANCE);
    const both = { simd: trained.simd.time, webgpu: trained.webgpu.time };
    const found = { gpu, library: tf.version_core, times: both, agree: agrees };
    replaceFile(file, JSON.stringify(found));
    return found;
  }
}

function kept(): string {
  return path.join(modelsFolder(), "webgpu-trial.json");
}

function read(file: string): Found | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Found;
  } catch {
    return undefined; // nothing was tried yet
  }
}

function shown(milliseconds: number): string {
  return String(Number(milliseconds.toPrecision(2)));
}
