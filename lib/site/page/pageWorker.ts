/// <reference lib="dom" />
import type { WorkerStart, WorkerTask } from "../worker/kernelWorker";

/** A worker of this page, which speaks over a port of its own. */
export interface PageWorker {
  port: MessagePort;
  /** Ends it, also before it has started. */
  terminate(): void;
}

/** Where a worker's scripts are, and what it waits for. */
export interface PageWorkerParts {
  /** The address of the folder of the scripts and the library, ends in a slash. */
  assets: string;
  /** What it waits for before it starts; messages for it wait too. Default nothing. */
  ready?: Promise<void>;
  /** Hears an error that nothing in the worker has caught. Default nothing hears it. */
  onError?: (message: string) => void;
}

/** Starts a worker with the kernel's script, for one of its tasks. */
export function startPageWorker(task: WorkerTask, { assets, ready, onError }: PageWorkerParts): PageWorker {
  const { port1, port2 } = new MessageChannel();
  let worker: Worker | undefined;
  let isOver = false;
  void Promise.resolve(ready).then(() => {
    if (isOver) return;
    worker = new Worker(new URL("kernel.js", assets), { name: task.kind });
    if (onError) worker.onerror = ({ message }) => onError(message);
    worker.postMessage({ port: port2, assets, task } satisfies WorkerStart, [port2]);
  });
  const terminate = () => {
    isOver = true;
    worker?.terminate();
    port1.close();
  };
  return { port: port1, terminate };
}
