import * as path from "node:path";
import { projectRoot, typeScriptLoader } from "../../lib/files";
import { kerasPython } from "../cnn/peer";
import { startContender, type Contender } from "../contender";

const HERE = path.join(projectRoot, "bench", "zoo");

/** TensorFlow.js on `simd` or `cpu`, in a process of its own on so many cores. */
export function startOurs(threads: number, backend = "simd"): Contender {
  const args = ["--require", typeScriptLoader, path.join(HERE, "ours.ts"), backend];
  return startContender({ program: process.execPath, args, env: { ATELIER_THREADS: String(threads) }, threads });
}

/** Keras, likewise. Throws a PythonError where it cannot be had. */
export function startKeras(threads: number): Contender {
  const args = [path.join(HERE, "peer.py"), String(threads)];
  return startContender({ program: kerasPython(), args, env: { OMP_NUM_THREADS: String(threads) }, threads });
}
