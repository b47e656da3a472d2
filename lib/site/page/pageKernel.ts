/// <reference lib="dom" />
import type { KernelStart } from "../worker/kernelWorker";
import { newMessageRouter } from "../../kernel/io/messageRouter";
import { newSender, type Sends } from "../../kernel/io/sender";
import type { ToMain } from "../../kernel/io/link";
import { newPageInterrupter } from "./pageInterrupter";
import { type JupyterMessage, toClientMessage, toJupyterMessage, newPageWire } from "./pageWire";

/** A kernel in a worker of this page. */
export interface PageKernel {
  /** Hears a client's message. */
  onMessage(message: JupyterMessage): void;
  /** As a person asks who wants a cell to end. */
  interrupt(): void;
  /** Ends it. */
  close(): void;
}

/** What a kernel is made with. */
export interface PageKernelParts {
  /** The address of the folder of its scripts and its library, ends in a slash. */
  assets: string;
  /** Gets the kernel's messages. */
  send(message: JupyterMessage): void;
  /** What the kernel waits for before it starts; messages for it wait too. Default nothing. */
  ready?: Promise<void>;
}

const PLACES = 16; // in the memory of both threads
const NO_DEBUGGER = { success: false, message: "there is no debugger in a browser tab" };

const WHY =
  "the cell did not await, so the kernel had to start anew; its variables are gone: run the cells above again";
const RESTARTED = { ename: "KeyboardInterrupt", evalue: WHY, traceback: [`KeyboardInterrupt: ${WHY}`] };

/** Starts a kernel. Its worker runs the cells; the page routes messages, as the thread of the sockets does in Node. */
export function startPageKernel({ assets, send, ready }: PageKernelParts): PageKernel {
  const state = sharedPlaces();
  const socket = (channel: string): Sends => ({
    send: async (frames) => send(toJupyterMessage(channel, frames)),
  });
  let worker: Worker | undefined;
  let isOver = false;
  let port: MessagePort;
  const begin = () => {
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = ({ data }) => router.onComputed(data);
    const start: KernelStart = { port: port2, state, assets };
    void Promise.resolve(ready).then(() => {
      if (isOver || port !== port1) return;
      worker = new Worker(new URL("kernel.js", assets), { name: "kernel" });
      worker.postMessage(start, [port2]);
    });
  };
  const tell = (message: ToMain) => port.postMessage(message);
  const close = () => {
    isOver = true;
    worker?.terminate();
  };
  const restart = () => {
    worker?.terminate();
    port.close();
    state.fill(0);
    begin();
    for (const id of router.requests.ids()) router.requests.refuse(id, RESTARTED);
  };

  const router = newMessageRouter({
    wire: newPageWire(),
    senders: {
      ...{ shell: newSender(socket("shell")), control: newSender(socket("control")) },
      ...{ stdin: newSender(socket("stdin")), iopub: newSender(socket("iopub")) },
    },
    ...{ state, send: tell, leave: close, flush: () => {} },
    newInterrupter: (parts) => newPageInterrupter(parts, restart),
    newDebug: () => ({
      answer: async ({ seq, command }) => ({ type: "response", request_seq: seq, seq, command, ...NO_DEBUGGER }),
      announce: async () => {},
      ...{ release: () => {}, close: () => {} },
    }),
    language: async () => ({ status: "error", ename: "Error", evalue: "no language service in a browser tab" }),
  });
  begin();
  return {
    onMessage: (message) => {
      const asked = toClientMessage(message);
      if (message.channel === "stdin") router.onAnswer(asked);
      else router.onMessage(message.channel === "control" ? "control" : "shell", asked);
    },
    interrupt: () => router.interrupter.interrupt(),
    close,
  };
}

/** Memory that page and worker share, where the page is isolated; else each has its own. */
function sharedPlaces(): Int32Array {
  if (!globalThis.crossOriginIsolated) return new Int32Array(PLACES);
  return new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT));
}
