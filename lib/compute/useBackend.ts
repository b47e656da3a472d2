import * as tf from "@tensorflow/tfjs";
import type { BackendCandidate } from "./backendCandidate";
import { backendCandidates } from "./backendCandidates";

/** The backend that was chosen. */
export interface Backend {
  name: string;
  /** What it runs on. */
  description: string;
  /** The better ones that are not there, and why. */
  passedOver: { name: string; why: string }[];
}

/** Where the choice may come from, and what is called with the result. */
export interface BackendOptions {
  /** Read for `ATELIER_BACKEND`, the explicit choice. */
  env?: Record<string, string | undefined>;
  /** Called with a line that says what was chosen and why. */
  log?: (line: string) => void;
  /** The backends to try, best first. */
  candidates?: BackendCandidate[];
}

/**
 * Makes the best TensorFlow.js backend that works the one in use: a GPU through tfjs-node-gpu, else our own
 * compiled kernels on all cores (`simd`), else plain JavaScript. `ATELIER_BACKEND` names one instead. In a browser's tab it is
 * a GPU through WebGPU where a short training has shown that it is faster there than `simd`.
 *
 * @throws RangeError, its `code` `ERR_BACKEND`, when the named backend is unknown or does not work here, with the list
 * of what there is
 */
export async function useBackend(options: BackendOptions = {}): Promise<Backend> {
  const { log = console.log, candidates = backendCandidates } = options;
  const asked = askedBackend(options);
  const backend = asked ? await startAsked(asked, candidates) : await startBest(candidates, log);
  log(`TensorFlow.js ${tf.version_core} on ${backend.name}: ${backend.description}${reason(backend, asked)}.`);
  return backend;
}

/**
 * The backend that `ATELIER_BACKEND` names, not yet started; undefined where it names none.
 *
 * @throws RangeError, its `code` `ERR_BACKEND`, when there is none of that name
 * @internal
 */
export function askedBackend({ env = process.env, candidates = backendCandidates }: BackendOptions = {}):
  | BackendCandidate
  | undefined {
  const name = env.ATELIER_BACKEND;
  const chosen = candidates.find((candidate) => candidate.name === name);
  if (name && !chosen) throw choiceError(`ATELIER_BACKEND is "${name}"; the backends are ${namesOf(candidates)}`);
  return chosen;
}

function reason({ passedOver }: Backend, asked?: BackendCandidate): string {
  if (asked) return " (chosen by ATELIER_BACKEND)";
  return passedOver.length > 0 ? ` (${passedOver.map(({ why }) => why).join("; ")})` : "";
}

async function startAsked({ name, start }: BackendCandidate, candidates: BackendCandidate[]): Promise<Backend> {
  try {
    return { name, description: await start(), passedOver: [] };
  } catch (error) {
    const why = (error as Error).message;
    throw choiceError(`ATELIER_BACKEND is "${name}", but ${why}; choose among ${namesOf(candidates)}`, error);
  }
}

/** The code tells the command line that the choice is at fault and not the program; people read the message alone. */
function choiceError(message: string, cause?: unknown): RangeError {
  const error = new RangeError(message, cause ? { cause } : {});
  return Object.defineProperty(error, "code", { value: "ERR_BACKEND" });
}

function namesOf(candidates: BackendCandidate[]): string {
  return candidates.map(({ name }) => name).join(", ");
}

async function startBest(candidates: BackendCandidate[], log: (line: string) => void): Promise<Backend> {
  const passedOver: Backend["passedOver"] = [];
  for (const { name, start, refusal } of candidates) {
    try {
      const why = await refusal?.(log);
      if (why === undefined) return { name, description: await start(), passedOver };
      passedOver.push({ name, why });
    } catch (error) {
      passedOver.push({ name, why: (error as Error).message });
    }
  }
  throw new Error(`no TensorFlow.js backend works here: ${passedOver.map(({ why }) => why).join("; ")}`);
}
