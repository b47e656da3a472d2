import childProcess from "child_process";
import { syncBuiltinESMExports } from "module";
import type { Readable } from "stream";

type Stdio = childProcess.StdioOptions | undefined;
type Options = { stdio?: Stdio };
type Spawning = { spawn(this: childProcess.ChildProcess, options: Options): number };
/** A function that ends when its program has, and gives or throws what that has printed. */
type Sync = (...args: unknown[]) => unknown;

/** What a program is given for streams, and which of them were to be our own. */
type Pipes = { stdio: Stdio; inherited: (1 | 2)[] };
/** What a program has printed, as `spawnSync` gives it and errors tell it. */
type Streams = Partial<Record<"stdout" | "stderr", string | Buffer | null>> & { output?: unknown[] | null };

/** The streams after stdin, by the number under which a program knows them. */
const NAMES = { 1: "stdout", 2: "stderr" } as const;
const NUMBERS = [1, 2] as const;

/**
 * From now on what programs print that a cell starts with its own streams ("inherit") is printed by the cell; it would
 * go to the kernel's own log, where nobody looks. Of a program that the cell waits for, it comes when the program has ended.
 */
export function takeChildOutput(): void {
  const prototype = childProcess.ChildProcess.prototype as unknown as Spawning;
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const { stdio, inherited } = withPipes(options.stdio);
    const result = spawn.call(this, { ...options, stdio });
    for (const number of inherited) forward(this, NAMES[number]);
    return result;
  };
  const exports = childProcess as unknown as Record<string, Sync>;
  exports.spawnSync = printing(exports.spawnSync, [1, 2]);
  for (const name of ["execSync", "execFileSync"]) exports[name] = printing(exports[name], [1]);
  syncBuiltinESMExports();
}

/** The same streams, with pipes in place of our own. */
function withPipes(stdio: Stdio): Pipes {
  const list = Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio];
  const inherited = NUMBERS.filter((number) => isOwn(list[number], number));
  if (inherited.length === 0) return { stdio, inherited };
  for (const number of inherited) list[number] = "pipe";
  return { stdio: list as Stdio, inherited };
}

function isOwn(stream: unknown, number: 1 | 2): boolean {
  return stream === "inherit" || stream === number || stream === process[NAMES[number]];
}

/** Prints a stream of a program as it comes; the program seems to have none, as is right for one that inherits. */
function forward(program: childProcess.ChildProcess, name: "stdout" | "stderr"): void {
  const stream: Readable | null = program[name];
  stream?.on("data", (chunk: Buffer) => process[name].write(chunk));
  program[name] = null;
}

/**
 * `mine` are the streams that are printed here: Node itself prints what execSync's programs write to stderr, where nobody
 * says what is to become of their streams.
 */
function printing(original: Sync, mine: (1 | 2)[]): Sync {
  return (...args) => {
    const at = args.findIndex((one) => typeof one === "object" && one !== null && !Array.isArray(one));
    const options = (args[at] ?? {}) as Options;
    const { stdio, inherited } = withPipes(options.stdio);
    if (inherited.length === 0) return original(...args);
    const changed = { ...options, stdio: inherited.every((number) => mine.includes(number)) ? stdio : undefined };
    const streams = inherited.filter((number) => mine.includes(number));
    try {
      return printed(original(...args.map((one, index) => (index === at ? changed : one))), streams);
    } catch (error) {
      printed(error, streams);
      throw error;
    }
  };
}

/** Prints what came through the pipes, and takes it out of a result, or an error, that would have none of it. */
function printed(result: unknown, inherited: (1 | 2)[]): unknown {
  if (typeof result === "string" || result instanceof Uint8Array) {
    if (!inherited.includes(1)) return result;
    process.stdout.write(result);
    return null;
  }
  const streams = result as Streams;
  for (const number of inherited) {
    const text = streams[NAMES[number]];
    if (text) process[NAMES[number]].write(text);
    streams[NAMES[number]] = null;
    if (streams.output) streams.output[number] = null;
  }
  return result;
}
