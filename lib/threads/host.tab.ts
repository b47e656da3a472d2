import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../files";
import type { WorkerStart } from "./workerStart";

export { chooseBuild, loadModule } from "./kernelModule";
export { bindNative } from "./nativeTasks";

// In place of `host.ts` in a browser tab, whose threads can share memory only where its page is isolated.

/** The settings that people give by variables, ATELIER_THREADS among them. */
export function environment(): Record<string, string | undefined> {
  return process.env;
}

/** Threads that can work at once. */
export function countCores(): number {
  return os.availableParallelism();
}

/** Whether threads can share memory. Without isolation a browser lets it be made, but not sent to a thread. */
export function sharesMemory(): boolean {
  return Boolean((globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated);
}

/** Starts a worker thread; `onEnd` hears why it has ended. */
export function startWorker({ room: _room, build: _build, ...start }: WorkerStart, onEnd: (why: string) => void): void {
  const worker = new Worker(path.join(projectRoot, "lib", "threads", "worker.js"), { workerData: start });
  worker.once("error", (error) => onEnd(error.message));
}
