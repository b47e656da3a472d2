import { UsageError } from "./usage";

/** A command's words after its name; resolves to the exit code. */
type Command = (args: string[]) => Promise<number>;

/** Commands by name, loaded when called, so that each starts without the weight of the others. */
export type Commands = Record<string, () => Promise<Command>>;

/** Errors that are foreseen, by code, and the exit code each ends with: the backend, no Python, no TensorFlow, MLflow, Slurm, the file system. */
const FORESEEN: Record<string, number> = {
  ERR_BACKEND: 2,
  ERR_PYTHON: 1,
  ERR_NATIVE: 1,
  ERR_MLFLOW: 1,
  ERR_SLURM: 2,
  EACCES: 1,
  EEXIST: 1,
  EISDIR: 1,
  ENOENT: 1,
  ENOSPC: 1,
  ENOTDIR: 1,
  EPERM: 1,
  EROFS: 1,
};

/**
 * Runs one of these commands, named by the first word, and resolves to its exit code: 2, and one line, for what was asked
 * wrongly; 1, and one line, where the file system refuses.
 */
export async function runCommand(commands: Commands, [name, ...args]: string[]): Promise<number> {
  if (!process.stdout.listeners("error").includes(endUnlessHeard)) process.stdout.on("error", endUnlessHeard);
  try {
    const known = Object.keys(commands);
    if (!known.includes(name)) throw new UsageError(`unknown command "${name}"; the commands are ${known.join(", ")}`);
    const command = await commands[name]();
    return await command(args);
  } catch (error) {
    const code = exitCode(error);
    if (code === undefined) throw error;
    console.error((error as Error).message.replace(/\s*\n\s*/g, " "));
    return code;
  }
}

/** Where nobody reads on, as after `head`, there is nothing left to do, unless the command itself listens and ends in order. */
function endUnlessHeard(): void {
  if (process.stdout.listenerCount("error") === 1) process.exit(1);
}

/** Undefined for what is a fault of the program: that keeps its stack. */
function exitCode(error: unknown): number | undefined {
  if (error instanceof UsageError) return 2;
  return error instanceof Error ? FORESEEN[(error as NodeJS.ErrnoException).code ?? ""] : undefined;
}
