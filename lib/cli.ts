import { type Commands, runCommand } from "./commands/runCommand";

const commands: Commands = {
  start: async () => (await import("./commands/start")).start,
  "test:kernels": async () => (await import("./commands/testKernels")).testKernels,
  "test:clients": async () => (await import("./commands/testClients")).testClients,
  test: async () => (await import("./commands/test")).test,
  lab: async () => (await import("./commands/lab")).lab,
  notebook: async () => (await import("./commands/notebook")).notebook,
  sweep: async () => (await import("./commands/sweep")).sweep,
  course: async () => (await import("./commands/course")).course,
  new: async () => (await import("./commands/newProject")).newProject,
  runs: async () => (await import("./commands/runs")).runs,
  demo: async () => (await import("./commands/demo")).demo,
  backends: async () => (await import("./commands/backends")).backends,
  bench: async () => (await import("./commands/bench")).bench,
  native: async () => (await import("./commands/native")).native,
  docs: async () => (await import("./commands/docs")).docs,
  site: async () => (await import("./commands/site")).site,
  pack: async () => (await import("./commands/pack")).pack,
  "language-server": async () => (await import("./commands/languageServer")).languageServer,
  clean: async () => (await import("./commands/clean")).clean,
};

/** Runs one of the npm scripts and resolves to its exit code, as `runCommand` does. */
export async function main(words: string[]): Promise<number> {
  return runCommand(commands, words);
}
