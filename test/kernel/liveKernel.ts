import { join } from "node:path";
import { kernelSpec } from "../../lib/kernel/kernelSpec";
import { type Connection, newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { type Channel, connectKernel, type KernelClient } from "../../lib/runner/kernelClient";
import { type KernelProcess, spawnKernel } from "../../lib/runner/kernelProcess";
import type { Message } from "../../lib/runner/wire";
import { within } from "../../lib/runner/within";

/** Seconds for an answer: without a limit, a kernel that gives none would hold all tests. */
export const LONGEST = 120;

/** The folder of the lessons, where cells can import the library. */
export const lessonsFolder = join(__dirname, "../../notebooks");

/** A kernel of ours under test, seen through its sockets. */
export interface LiveKernel {
  connection: Connection;
  client: KernelClient;
  process: KernelProcess;
  /** Sends a request and gives its reply with all that was published about it. */
  ask(type: string, content?: object, channel?: Channel): Promise<Answer>;
  run(code: string, options?: object): Promise<Answer>;
  /** Ends all cells and subshells: what one test has left would hold the next. */
  endCells(): Promise<void>;
  end(): Promise<void>;
}

/** What came of one request. */
export interface Answer {
  reply: Message;
  content: Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
  published: Message[];
  /** The contents of the published messages of one type. */
  of(type: string): Record<string, any>[]; // oxlint-disable-line typescript/no-explicit-any
  /** All that was printed on one stream. */
  printed(name?: string): string;
}

/** Starts a kernel and waits until it answers and is heard. */
export async function startLiveKernel(folder = lessonsFolder, env: Record<string, string> = {}): Promise<LiveKernel> {
  const connection = await newConnection();
  const { file, remove } = writeConnectionFile(connection);
  const kernel = spawnKernel(kernelSpec(file), folder, { ...process.env, ...env });
  const client = connectKernel(connection);
  const answered: LiveKernel["ask"] = async (type, content = {}, channel = "shell") => {
    const published: Message[] = [];
    const { reply, idle } = client.request(channel, type, content, (message) => published.push(message));
    const answers = await within(LONGEST, Promise.race([Promise.all([reply, idle]), kernel.exited]));
    if (answers === undefined) throw new Error(`the kernel gave no answer to ${type} within ${LONGEST} s`);
    if (typeof answers === "string") throw new Error(`the kernel ended (${answers}): ${kernel.lastWords()}`);
    return toAnswer(answers[0], published);
  };
  const ask: LiveKernel["ask"] = (...request) => {
    const answer = answered(...request);
    answer.catch(() => {}); // of those whom nobody awaits when the kernel ends
    return answer;
  };
  const run = (code: string, options: object = {}) => ask("execute_request", { code, ...options });
  const endCells = async () => {
    const subshells: string[] = (await ask("list_subshell_request", {}, "control")).content.subshell_id;
    for (const subshell_id of subshells) await ask("delete_subshell_request", { subshell_id }, "control");
    await ask("interrupt_request", {}, "control");
    await run(""); // behind what was interrupted
  };
  const end = async () => {
    client.request("control", "shutdown_request", { restart: false });
    await within(3, kernel.exited);
    await kernel.end();
    client.close();
    remove();
  };
  const start = Date.now();
  for (let heard: unknown; heard === undefined;) {
    heard = await within(0.2, ask("kernel_info_request"));
    if (Date.now() - start > LONGEST * 1000) throw new Error(`the kernel has not started: ${kernel.lastWords()}`);
  }
  return { connection, client, process: kernel, ask, run, endCells, end };
}

function toAnswer(reply: Message, published: Message[]): Answer {
  const of = (type: string) => published.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
  const printed = (name = "stdout") =>
    of("stream")
      .filter((stream) => stream.name === name)
      .map(({ text }) => text)
      .join("");
  return { reply, content: reply.content, published, of, printed };
}

/** What a cell shows, or how it failed. */
export async function shownBy(kernel: LiveKernel, code: string): Promise<string> {
  const { content, of } = await kernel.run(code);
  return content.status === "ok" ? of("execute_result")[0]?.data["text/plain"] : content.evalue;
}

/** Waits until `test` holds; fails after so many seconds. */
export async function until(test: () => boolean, seconds = LONGEST): Promise<void> {
  const start = Date.now();
  for (; !test(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() - start > seconds * 1000) throw new Error(`it did not happen within ${seconds} s`);
}
