import { readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import type { KernelSpec } from "../../lib/kernel/kernelSpec";
import { newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { spawnKernel } from "../../lib/runner/kernelProcess";
import { within } from "../../lib/runner/within";

/** A kernel of which the times are taken. */
export interface TimedKernel {
  /** Milliseconds from the start of its process to the reply of its first cell. */
  started: number;
  /** Milliseconds from a request to its reply, which must not tell of an error. */
  time(type: string, content: object): Promise<number>;
  /** What a cell shows as its value. */
  show(code: string): Promise<{ isOk: boolean; text?: string }>;
  /** As `time` for a cell that prints, to its last line; and how many lines came, all unless some were lost. */
  timeLines(code: string, lines: number): Promise<{ milliseconds: number; arrived: number }>;
  /** Milliseconds from an interrupt of a cell that does not end to its reply; null where none comes, or the kernel ends. */
  timeInterrupt(code: string, way: "message" | "signal"): Promise<number | null>;
  /** Megabytes of its processes; null where that is not known. */
  memory(): number | null;
  end(): Promise<void>;
}

const PATIENCE = 120; // seconds for any reply
const STUBBORN = 8; // seconds for an endless loop to end
const LATE = 200; // ms
const RUNNING = 200; // ms for a cell to be in its loop
const SILENCE = 3; // seconds without a line after the reply: the rest is lost

/** Starts a kernel in the folder of the lessons and runs a first cell in it. */
export async function startTimedKernel(spec: (connectionFile: string) => KernelSpec): Promise<TimedKernel> {
  const connection = await newConnection();
  const { file, remove } = writeConnectionFile(connection);
  const begin = performance.now();
  const kernel = spawnKernel(spec(file), path.join(projectRoot, "notebooks"), process.env);
  const client = connectKernel(connection);

  const ask = async (type: string, content: object, receive?: (text: string) => void): Promise<number> => {
    const start = performance.now();
    const { reply } = client.request("shell", type, content, ({ header, content }) => {
      if (header.msg_type === "stream") receive?.(String(content.text));
    });
    const answer = await within(PATIENCE, Promise.race([reply, kernel.exited]));
    if (typeof answer !== "object" || answer.content.status !== "ok")
      throw new Error(`a kernel did not answer ${JSON.stringify(content)}: ${JSON.stringify(answer)}`);
    return performance.now() - start;
  };

  const end = async () => {
    client.request("control", "shutdown_request", { restart: false });
    await within(SILENCE, kernel.exited);
    await kernel.end();
    client.close();
    remove();
  };

  const timeLines: TimedKernel["timeLines"] = async (code, lines) => {
    const start = performance.now();
    let [arrived, last] = [0, start];
    await ask("execute_request", { code }, (text) => {
      arrived += text.split("\n").length - 1;
      last = performance.now();
    });
    while (arrived < lines && performance.now() - last < SILENCE * 1000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return { milliseconds: last - start, arrived };
  };

  const show: TimedKernel["show"] = async (code) => {
    let text: string | undefined;
    const { reply, idle } = client.request("shell", "execute_request", { code }, ({ header, content }) => {
      const data = content.data as Record<string, string> | undefined;
      if (header.msg_type === "execute_result") text = data?.["text/plain"];
    });
    const answer = await within(PATIENCE, Promise.race([reply, kernel.exited]));
    if (typeof answer !== "object") throw new Error(`a kernel did not answer ${code}`);
    await within(SILENCE, idle);
    // A result may come behind the end of its cell.
    for (let wait = 0; answer.content.status === "ok" && text === undefined && wait < LATE; wait += 10)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return { isOk: answer.content.status === "ok", text };
  };

  const timeInterrupt: TimedKernel["timeInterrupt"] = async (code, way) => {
    const { reply } = client.request("shell", "execute_request", { code });
    await new Promise((resolve) => setTimeout(resolve, RUNNING));
    const start = performance.now();
    if (way === "message") client.request("control", "interrupt_request", {});
    else kernel.interrupt();
    const answer = await within(STUBBORN, Promise.race([reply, kernel.exited]));
    return typeof answer === "object" ? performance.now() - start : null;
  };

  await ask("execute_request", { code: "1 + 1" });
  return {
    started: performance.now() - begin,
    time: (type, content) => ask(type, content),
    timeLines,
    show,
    timeInterrupt,
    memory: () => residentMegabytes(kernel.pid),
    end,
  };
}

/** What a process and those that it has started hold in memory, as Linux tells it. */
function residentMegabytes(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (residentMegabytes(Number(child)) ?? 0), Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}
