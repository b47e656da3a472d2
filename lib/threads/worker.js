// A thread of the worker pool (workerPool.ts). Plain JavaScript: a worker starts without the TypeScript loader.
"use strict";
const { workerData } = require("node:worker_threads");

const { memory, control, scratch, spins } = workerData;
const { file, wide } = workerData.native ?? {};
const native = file ? require(file).bind(new Uint8Array(memory.buffer), wide) : {};
const table = new WebAssembly.Table({ initial: 1, element: "anyfunc" });
const kernels = new WebAssembly.Instance(workerData.module, { env: { memory, table }, native }).exports;
for (const value of Object.values(kernels)) {
  if (typeof value !== "function") continue;
  table.set(table.length - 1, value);
  table.grow(1);
}
kernels.useScratch(scratch);

const stopped = () => Atomics.load(new Int32Array(memory.buffer, control, 9), 8) !== 0;
while (!stopped()) {
  try {
    kernels.work(control, spins);
    // It came back because memory has grown: growing by nothing has the engine look at what there is, also where it missed
    // to tell this thread, as where memory grew while the thread was starting.
    memory.grow(0);
  } catch {
    kernels.failChunk(control);
  }
}
