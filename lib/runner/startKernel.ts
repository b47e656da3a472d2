import type { CellUses } from "../kernel/compiler/cellUses";
import { kernelSpec, type KernelSpec } from "../kernel/kernelSpec";
import { type Connection, newConnection, writeConnectionFile } from "./connection";
import { connectKernel, type KernelClient, type Listener } from "./kernelClient";
import { type KernelProcess, spawnKernel } from "./kernelProcess";
import { isRecord } from "./notebook";
import type { Message } from "./wire";
import { pause, within } from "./within";

/** A running kernel. Every one that was started has to be shut down. */
export interface Kernel {
  pid: number;
  /** The language as the kernel itself describes it: what notebooks keep as `language_info`. */
  language?: Record<string, unknown>;
  /** Settles, with how the process ended, once it is gone. */
  exited: Promise<string>;
  /**
   * Runs code and waits for the reply and for the output before it. `listener` hears the output, also what comes
   * later. Throws a KernelDeathError when the process ends on the way.
   */
  execute(code: string, listener: Listener): Promise<ExecuteReply>;
  /** Interrupts the code that runs, by a message or by SIGINT, as its kernel wants it. */
  interrupt(): void;
  /** Asks the kernel to leave; after `grace` seconds (default 3) it is made to. Leaves no process behind. */
  shutdown(options?: { grace?: number }): Promise<void>;
}

/** How an execution went, from the shell channel. */
export interface ExecuteReply {
  status: "ok" | "error";
  execution_count?: number;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  /** What the cell does with names, from a kernel that tells it. */
  uses?: CellUses;
}

/** The kernel's process ended, or never answered. */
export class KernelDeathError extends Error {
  override name = "KernelDeathError";
}

/** Options of `startKernel`. */
export interface StartOptions {
  /** Variables on top of our own environment; undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** Seconds to wait for the first answer, 60 by default. */
  timeout?: number;
  /** Another kernel than this package's. */
  spec?: (connectionFile: string) => KernelSpec;
}

const IDLE_GRACE = 3; // seconds to wait for output after the reply: stock tslab may lose the message that ends it
const ABORT_PAUSE = 0.25; // seconds: stock tslab drops what it is asked within 200 ms after an error
const START_ATTEMPTS = 3; // another program may take a port between our choice and the kernel's start

/** Starts the kernel in the folder `cwd` and waits until it answers and its output can be heard. */
export async function startKernel(cwd: string, options: StartOptions = {}): Promise<Kernel> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryKernel(cwd, options);
    } catch (error) {
      const portTaken = /EADDRINUSE|Address (already )?in use/i.test((error as Error).message);
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function tryKernel(cwd: string, options: StartOptions): Promise<Kernel> {
  const { env = {}, timeout = 60, spec = kernelSpec } = options;
  const connection: Connection = await newConnection();
  const connectionFile = writeConnectionFile(connection);
  const started = spec(connectionFile.file);
  const kernel = spawnKernel(started, cwd, { ...process.env, ...env });
  const client = connectKernel(connection);
  const shutdown = shutdownOf(kernel, client, connectionFile.remove);
  let info: Message["content"];
  try {
    info = await firstAnswer(kernel, client, timeout);
  } catch (error) {
    await shutdown({ grace: 0 });
    throw error;
  }
  const execute = (code: string, listener: Listener) => executeOn(kernel, client, { code, listener });
  const byMessage = () => void client.request("control", "interrupt_request", {});
  const interrupt = started.interrupt_mode === "message" ? byMessage : kernel.interrupt;
  const language = isRecord(info.language_info) ? info.language_info : undefined;
  return { pid: kernel.pid, language, exited: kernel.exited, execute, interrupt, shutdown };
}

function shutdownOf(kernel: KernelProcess, client: KernelClient, cleanUp: () => void): Kernel["shutdown"] {
  const end = async (grace: number) => {
    if (grace > 0) {
      client.request("control", "shutdown_request", { restart: false });
      await within(grace, kernel.exited);
    }
    await kernel.end();
    client.close();
    cleanUp();
  };
  let ended: Promise<void> | undefined;
  return ({ grace = 3 } = {}) => (ended ??= end(grace));
}

/**
 * Asks until there is a reply and something was published on the public channel, which connects in its own time. Gives
 * what the kernel says of itself.
 */
async function firstAnswer(kernel: KernelProcess, client: KernelClient, timeout: number): Promise<Message["content"]> {
  const deadline = performance.now() + timeout * 1000; // no jump of the clock moves it
  let published = false;
  let answer: Message["content"] | undefined;
  while (!published || !answer) {
    const question = client.request("shell", "kernel_info_request", {}, () => (published = true));
    const both = Promise.all([question.reply.then(({ content }) => (answer = content)), question.idle]);
    const ended = await within(0.2, Promise.race([kernel.exited, both.then(() => undefined)]));
    const words = kernel.lastWords();
    if (ended !== undefined) throw new KernelDeathError(withWords(`The kernel ended at its start (${ended})`, words));
    if (/Address (already )?in use/i.test(words)) throw new KernelDeathError(words);
    if (performance.now() > deadline) {
      const half = answer ? " (a reply came, but nothing public)" : published ? " (but something public came)" : "";
      throw new KernelDeathError(withWords(`The kernel gave no answer within ${timeout} s of its start${half}`, words));
    }
  }
  return answer;
}

async function executeOn(
  kernel: KernelProcess,
  client: KernelClient,
  { code, listener }: { code: string; listener: Listener },
): Promise<ExecuteReply> {
  const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
  const { reply, idle } = client.request("shell", "execute_request", { ...content, stop_on_error: true }, listener);
  const answer = await Promise.race([reply, kernel.exited]);
  if (typeof answer === "string") {
    await pause(0.05); // for its last output
    throw new KernelDeathError(withWords(`The kernel died (${answer})`, kernel.lastWords()));
  }
  const { status, ename } = answer.content;
  if (status === "abort" || status === "aborted") {
    await pause(ABORT_PAUSE);
    return executeOn(kernel, client, { code, listener });
  }
  await within(IDLE_GRACE, Promise.race([idle, kernel.exited]));
  if (status === "error" && ename === undefined) await pause(ABORT_PAUSE);
  return { ...(answer.content as unknown as ExecuteReply), uses: usesIn(answer.metadata) };
}

function usesIn(metadata: Message["metadata"]): CellUses | undefined {
  return Array.isArray(metadata.reads) ? (metadata as unknown as CellUses) : undefined;
}

function withWords(text: string, words: string): string {
  return words ? `${text}. Its last words:\n${words}` : `${text}.`;
}
