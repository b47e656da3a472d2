import { parseArgs, type ParseArgsConfig } from "node:util";

/** Something was asked for wrongly: the message is one line that says what, and what is accepted. */
export class UsageError extends Error {}

/**
 * Reads a command's words; `--help` prints the help and ends the process.
 *
 * @throws UsageError for a flag it does not know or a value that is missing
 */
export function readArguments<Config extends ParseArgsConfig>(
  args: string[],
  config: Config,
  help: string,
): ReturnType<typeof parseArgs<Config & { args: string[]; strict: true }>> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ ...config, args, strict: true });
  } catch (error) {
    const { message } = error as Error;
    const [, dashed] = /use '(--[^']+)'/.exec(message) ?? [];
    const cure = dashed ? `: a value that begins with a dash is written as ${dashed}` : "";
    const reason = message.split(/\n|\. (?=To |If )/)[0].replace(/\.$/, "") + cure;
    throw new UsageError(`${reason}. ${help.split("\n")[0]}`);
  }
}

/**
 * The only word given beside the flags.
 *
 * @param what - what is wanted, as "folder"
 * @throws UsageError for none, or more than one
 */
export function onlyOne(words: string[], what: string, help: string): string {
  if (words.length === 1) return words[0];
  throw new UsageError(`One ${what} is wanted, ${words.length} were given. ${help.split("\n")[0]}`);
}

/** Turns the refusal of what came, a RangeError, into a UsageError: for `catch` of a promise. */
export function asUsageError(error: unknown): never {
  throw error instanceof RangeError ? new UsageError(error.message) : error;
}

/** Runs what may refuse its input, and turns the refusal into a UsageError. */
export function orUsageError<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}
