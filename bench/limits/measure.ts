import * as path from "node:path";
import { formatTable } from "../../lib/runner/history";
import { streamProgress } from "../../lib/runner/progress";
import { askAlone } from "../contender";
import type { LimitAnswer, LimitTask } from "./ours";

const SCRIPT = path.join(__dirname, "ours.ts");

/** Cores of each training. */
const THREADS = 2;

/** Trains each size in a process of its own, and prints a table of their memory. */
export async function measureLimits(options: {
  images: number[];
  parameters: number[];
  signal: AbortSignal;
}): Promise<void> {
  const { images, parameters, signal } = options;
  const tasks: LimitTask[] = [
    ...images.flatMap((count) => [true, false].map((bytes) => ({ images: count, bytes, parameters: 0 }))),
    ...parameters.map((count) => ({ images: 96, bytes: false, parameters: count })),
  ];
  const rows: [string, string][] = [];
  for (const task of tasks) {
    if (signal.aborted) break;
    streamProgress(process.stderr).log(`${nameOf(task)} …`);
    rows.push([nameOf(task), await measureOne(task, signal)]);
  }
  console.log(formatTable([["training", "peak MB"], ...rows]));
}

/** Memory at the peak in megabytes, or why there is none. */
async function measureOne(task: LimitTask, signal: AbortSignal): Promise<string> {
  try {
    const { bytes } = await askAlone<LimitAnswer>(task, { script: SCRIPT, threads: THREADS, signal });
    return Math.round(bytes / 1e6).toLocaleString("en-US");
  } catch (error) {
    return `fails: ${(error as Error).message.split("\n")[0]}`;
  }
}

function nameOf({ images, bytes, parameters }: LimitTask): string {
  const shown = (count: number) => count.toLocaleString("en-US");
  return parameters ? `${shown(parameters)} parameters` : `${shown(images)} images as ${bytes ? "bytes" : "floats"}`;
}
