import * as tf from "@tensorflow/tfjs";
import { rungs, type Rung } from "./rungs";

/** The backend that was chosen. */
export interface Backend {
  name: string;
  /** What it runs on. */
  description: string;
  /** The better ones that are not there, and why. */
  passedOver: { name: string; why: string }[];
}

/** Where the choice may come from, and who is told of it. */
export interface BackendOptions {
  /** Read for `ATELIER_BACKEND`, the explicit choice. */
  env?: Record<string, string | undefined>;
  /** Told in one line what was chosen and why. */
  log?: (line: string) => void;
  /** The backends to try, best first. */
  candidates?: Rung[];
}

/**
 * Makes the best TensorFlow.js backend that works the one in use: a GPU through tfjs-node-gpu, else WebAssembly, else
 * plain JavaScript. `ATELIER_BACKEND` names one instead.
 *
 * @throws RangeError when the named backend is unknown or does not work here, with the list of what there is
 */
export async function useBackend(options: BackendOptions = {}): Promise<Backend> {
  const { env = process.env, log = console.log, candidates = rungs } = options;
  const asked = env.ATELIER_BACKEND;
  const backend = asked ? await startNamed(asked, candidates) : await startBest(candidates);
  log(`TensorFlow.js ${tf.version_core} on ${backend.name}: ${backend.description}${reason(backend, asked)}.`);
  return backend;
}

function reason({ passedOver }: Backend, asked?: string): string {
  if (asked) return " (chosen by ATELIER_BACKEND)";
  return passedOver.length > 0 ? ` (${passedOver.map(({ why }) => why).join("; ")})` : "";
}

async function startNamed(name: string, candidates: Rung[]): Promise<Backend> {
  const names = candidates.map((rung) => rung.name).join(", ");
  const rung = candidates.find((candidate) => candidate.name === name);
  if (!rung) throw new RangeError(`ATELIER_BACKEND is "${name}"; the backends are ${names}`);
  try {
    return { name, description: await rung.start(), passedOver: [] };
  } catch (error) {
    const message = `ATELIER_BACKEND is "${name}", but ${(error as Error).message}; choose among ${names}`;
    throw new RangeError(message, { cause: error });
  }
}

async function startBest(candidates: Rung[]): Promise<Backend> {
  const passedOver: Backend["passedOver"] = [];
  for (const { name, start } of candidates) {
    try {
      return { name, description: await start(), passedOver };
    } catch (error) {
      passedOver.push({ name, why: (error as Error).message });
    }
  }
  throw new Error(`no TensorFlow.js backend works here: ${passedOver.map(({ why }) => why).join("; ")}`);
}
