import * as tf from "@tensorflow/tfjs";
import { requestGpu } from "./requestGpu";
import { newWebGpuBackend, takeOver } from "./webGpuBackend";
import type { WebGpuBackend } from "./webGpuParts";

/** The backend of this process, where it runs, and whether its device is lost. */
let running: { backend: WebGpuBackend; name: string; isLost: boolean } | undefined;

/**
 * Makes WebGPU the backend in use.
 *
 * @returns what it runs on, as "Apple M2 by WebGPU"
 * @throws Error that says why it cannot be had
 */
export async function startWebGpu(): Promise<string> {
  if (!running) await register();
  if (!(await tf.setBackend("webgpu").catch(() => false))) throw new Error("TensorFlow.js could not start webgpu here");
  return `${running!.name} by WebGPU`;
}

async function register(): Promise<void> {
  const run = await newRun();
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu"); // in a browser the package has added one of its own
  tf.registerBackend("webgpu", () => run.backend, 3);
  if (!(await readsTruly())) {
    tf.removeBackend("webgpu");
    throw new Error(
      "dataSync() gives wrong numbers on this WebGPU: a browser may change what is read from a canvas, against fingerprints",
    );
  }
  running = run;
}

/** Whether a tensor that is read at once has the values that it has where it is awaited. */
async function readsTruly(): Promise<boolean> {
  await tf.setBackend("webgpu");
  const [awaited, once] = [1, 2].map(() => tf.tidy(() => tf.mul(tf.range(0, 4096), Math.PI)));
  const [wanted, read] = [await awaited.data(), once.dataSync()];
  tf.dispose([once, awaited]);
  return read.every((value, i) => value === wanted[i]);
}

/**
 * Goes on with another device where WebGPU is in use and its device is lost, as after a reset of the driver. What was on the
 * GPU is gone: whoever goes on puts the numbers back.
 *
 * @returns whether there was a lost device, and now is another
 */
export async function recoverWebGpu(): Promise<boolean> {
  await new Promise(setImmediate); // what has failed may be told before the loss
  if (!running?.isLost || tf.getBackend() !== "webgpu") return false;
  const { backend } = running;
  const fresh = await newRun();
  takeOver(backend, fresh.backend);
  running = Object.assign(fresh, { backend });
  return true;
}

async function newRun() {
  const { adapter, name } = await requestGpu();
  const { backend, device } = await newWebGpuBackend(adapter);
  const run = { backend, name, isLost: false };
  void device.lost.then(({ message }) => {
    run.isLost = true;
    console.warn(`The GPU is lost: ${message.split("\n")[0] || "no reason was given"}`);
  });
  return run;
}
