import { Subscriber } from "zeromq";
import { decodeMessage } from "../../lib/runner/wire";
import type { LiveKernel } from "./liveKernel";

/* oxlint-disable typescript/no-explicit-any */

/** A client of a kernel's debugger, as JupyterLab is one. */
export interface DebugClient {
  /** Sends a command and gives the body of its response; throws its message where it failed. */
  send(command: string, given?: object): Promise<any>;
  /** Waits for the next event of this name that was not waited for yet, and gives its body. */
  event(name: string, seconds?: number): Promise<any>;
  /** Sets breakpoints in a cell and gives its path. */
  breakIn(code: string, ...breakpoints: (number | object)[]): Promise<string>;
  /** The names of the events that nobody has waited for. */
  pending(): string[];
  close(): void;
}

/** Connects to the debugger of a kernel. */
export async function newDebugClient(kernel: LiveKernel): Promise<DebugClient> {
  const { transport, ip, iopub_port, key } = kernel.connection;
  const events = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  const heard: { event: string; body: any }[] = [];
  let wake = () => {};
  events.connect(`${transport}://${ip}:${iopub_port}`);
  events.subscribe("");
  let isHeard = false;
  const listen = async () => {
    for await (const frames of events) {
      const { header, content } = decodeMessage(frames, key) as any;
      isHeard = true;
      if (header.msg_type === "debug_event") heard.push(content);
      wake();
    }
  };
  void listen().catch(() => {}); // closed
  for (let at = 0; !isHeard && at < 100; at++) await kernel.ask("kernel_info_request");

  const send: DebugClient["send"] = async (command, given = {}) => {
    const request = { type: "request", seq: 1, command, arguments: given };
    const { content } = await kernel.ask("debug_request", request, "control");
    if (!content.success) throw new Error(content.message);
    return content.body;
  };
  const event: DebugClient["event"] = async (name, seconds = 10) => {
    for (const end = Date.now() + seconds * 1000; ;) {
      const at = heard.findIndex((one) => one.event === name);
      if (at >= 0) return heard.splice(at, 1)[0].body;
      if (Date.now() > end) throw new Error(`no event ${name} within ${seconds} s; heard ${JSON.stringify(heard)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 200);
      });
    }
  };
  const breakIn: DebugClient["breakIn"] = async (code, ...breakpoints) => {
    const { sourcePath } = await send("dumpCell", { code });
    const wanted = breakpoints.map((one) => (typeof one === "number" ? { line: one } : one));
    await send("setBreakpoints", { source: { path: sourcePath }, breakpoints: wanted });
    return sourcePath;
  };
  return { send, event, breakIn, pending: () => heard.map((one) => one.event), close: () => events.close() };
}
