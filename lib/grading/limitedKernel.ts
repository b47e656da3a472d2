import type { Listener } from "../runner/kernelClient";
import { type Kernel, startKernel } from "../runner/startKernel";
import { groupMemory } from "./groupMemory";
import type { Sandbox } from "./sandbox";

/** A kernel in a sandbox, which is ended when it takes too much memory. */
export interface LimitedKernel extends Kernel {
  /** Whether it was ended for its memory. */
  tookTooMuch(): boolean;
  /** Whether some of the output of the cell that ran last was left out. */
  wasCut(): boolean;
}

/** How much a submission may take. */
export interface ResourceLimits {
  /** Bytes of memory. */
  memory: number;
  /** Characters of output of a cell; what comes after them is left out. */
  output: number;
}

const LOOK = 250; // ms between two looks at the memory

/** Starts a kernel in a sandbox. */
export async function startLimited({ folder, env, spec }: Sandbox, limits: ResourceLimits): Promise<LimitedKernel> {
  const kernel = await startKernel(folder, { env, spec });
  let tooMuch = false;
  let cut = false;
  const look = async () => {
    if ((await groupMemory(kernel.pid)) <= limits.memory) return;
    tooMuch = true;
    void kernel.shutdown({ grace: 0 });
  };
  const timer = setInterval(() => void look(), LOOK);
  void kernel.exited.then(() => clearInterval(timer));
  const execute: Kernel["execute"] = (code, listener) => {
    cut = false;
    return kernel.execute(
      code,
      limited(listener, limits.output, () => (cut = true)),
    );
  };
  return { ...kernel, execute, tookTooMuch: () => tooMuch, wasCut: () => cut };
}

/** Passes on messages until so many characters have come; after that only errors and results, if they are small. */
function limited(listener: Listener, most: number, onCut: () => void): Listener {
  let left = most;
  return (message) => {
    const size = JSON.stringify(message.content).length;
    const isVerdict = /^(error|execute_result|status)$/.test(message.header.msg_type);
    if (size > (isVerdict ? most : left)) return onCut();
    if (!isVerdict) left -= size;
    listener(message);
  };
}
