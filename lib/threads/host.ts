import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../files";
import { nativeFile } from "./nativeTasks";
import { isNative } from "./vectors";
import type { WorkerStart } from "./workerStart";

export { chooseBuild, loadModule } from "./kernelModule";
export { bindNative } from "./nativeTasks";

// What the pool of threads asks of the platform it runs on. `host.browser.ts` answers the same in a page, and
// `host.tab.ts` in the kernel of a tab.

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
