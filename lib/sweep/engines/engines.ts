import type { OpenEngine } from "./engine";
import { openLocal } from "./openLocal";
import { openSlurm } from "./slurm/openSlurm";

/** What a sweep's rows can run on. */
export type EngineName = "local" | "bullmq" | "slurm";

/** The engines by their names. What they need is loaded when one is opened. */
export const ENGINES: Record<EngineName, OpenEngine> = {
  local: openLocal,
  bullmq: async (states, options) => (await import("./bullmq/openBullMQ")).openBullMQ(states, options),
  slurm: openSlurm,
};

/** The settings that only one engine has, as a sweep file names them; the command line's have the same name. */
export const ENGINE_SETTINGS: Record<string, EngineName> = {
  ...{ redis: "bullmq", results: "bullmq" },
  ...{ partition: "slurm", sbatch: "slurm", detach: "slurm" },
};

/** Whether an engine has this name. */
export function isEngineName(value: unknown): value is EngineName {
  return typeof value === "string" && Object.hasOwn(ENGINES, value);
}
