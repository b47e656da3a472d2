/// <reference lib="dom" />

let place: URL | undefined;

/** Says where the script lies that the threads of the library run. */
export function takeThreadScript(script: URL): void {
  place = script;
}

/** Starts a thread of the library, the only files that a tab's threads can run. */
export function newThread(file: string, workerData: unknown): Worker {
  if (!place || !file.endsWith("lib/threads/worker.js"))
    throw new Error(`new Worker("${file}"): a browser tab runs no threads but those of the library`);
  const thread = new Worker(place, { name: "kernels" });
  thread.postMessage(workerData);
  return thread;
}
