/// <reference lib="dom" />
import type { Build } from "./kernelModule";

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
