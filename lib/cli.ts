import { UsageError } from "./commands/usage";

/** A command's words after its name; resolves to the exit code. */
type Command = (args: string[]) => Promise<number>;

/** Loaded when called, so that each command starts without the weight of the others. */
const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./commands/start")).start,
  test: async () => (await import("./commands/test")).test,
  notebook: async () => (await import("./commands/notebook")).notebook,
  runs: async () => (await import("./commands/runs")).runs,
  backends: async () => (await import("./commands/backends")).backends,
  bench: async () => (await import("./commands/bench")).bench,
  native: async () => (await import("./commands/native")).native,
  clean: async () => (await import("./commands/clean")).clean,
};

/** Runs one of the npm scripts and resolves to its exit code: 2, and one line, for what was asked wrongly. */
export async function main([name, ...args]: string[]): Promise<number> {
  try {
    const known = Object.keys(commands);
    if (!known.includes(name)) throw new UsageError(`unknown command "${name}"; the commands are ${known.join(", ")}`);
    const command = await commands[name]();
    return await command(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message.replace(/\s*\n\s*/g, " "));
    return 2;
  }
}
