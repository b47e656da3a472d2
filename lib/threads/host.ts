/// <reference lib="dom" />
import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../files";
import type { Build } from "./kernelModule";
import { nativeFile } from "./nativeTasks";
import { isNative } from "./vectors";

export { chooseBuild, loadModule } from "./kernelModule";
export { bindNative } from "./nativeTasks";

// What the pool of threads asks of the platform it runs on. `host.browser.ts` answers the same in a browser; whoever
// bundles for one puts it in the place of this file.

/** What a worker thread starts with. */
export interface WorkerStart {
  /** Where under lib the kernels' `assembly` and `build` folders lie. */
  room: string;
  build: Build;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Addresses of the control block and of the thread's scratch. */
  control: number;
  scratch: number;
  /** Times it looks for a job before it sleeps. */
  spins: number;
}

/** The settings that people give by variables, ATELIER_THREADS among them. */
export function environment(): Record<string, string | undefined> {
  return process.env;
}

/** Threads that can work at once. */
export function countCores(): number {
  return os.availableParallelism();
}

/** Whether threads can share memory. */
export function sharesMemory(): boolean {
  return true;
}

/** Starts a worker thread, which never keeps the process alive; `onEnd` hears why it has ended. */
export function startWorker({ room, build, ...start }: WorkerStart, onEnd: (why: string) => void): void {
  const native = isNative(build) ? { file: nativeFile(room), wide: build === "avx512" } : null;
  const file = path.join(projectRoot, "lib", "threads", "worker.js");
  const worker = new Worker(file, { workerData: { ...start, native }, execArgv: [], stdin: false });
  worker.once("error", (error) => onEnd(error.message));
  worker.once("exit", (code) => onEnd(`exit code ${code}`));
  worker.unref();
}
