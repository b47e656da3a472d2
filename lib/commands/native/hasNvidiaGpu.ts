import { spawnSync } from "node:child_process";

/** Whether NVIDIA's driver is here and sees a GPU, as its own program `nvidia-smi` tells. */
export function hasNvidiaGpu(env: NodeJS.ProcessEnv = process.env): boolean {
  const { status, stdout } = spawnSync("nvidia-smi", ["--list-gpus"], { env, encoding: "utf8" });
  return status === 0 && /^GPU \d+:/m.test(stdout);
}
