/// <reference lib="dom" />
import { newMessageRouter } from "../../kernel/io/messageRouter";
import { newSender, type Sends } from "../../kernel/io/sender";
import type { ToMain } from "../../kernel/io/link";
import { newPageInterrupter } from "./pageInterrupter";
import { newPageLanguage } from "./pageLanguage";
import { type JupyterMessage, toClientMessage, toJupyterMessage, newPageWire } from "./pageWire";
import { type PageWorker, type PageWorkerParts, startPageWorker } from "./pageWorker";

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
export interface PageKernelParts extends Pick<PageWorkerParts, "assets" | "ready"> {
  /** Gets the kernel's messages. */
  send(message: JupyterMessage): void;
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
  const language = newPageLanguage({ assets, ready });
  let worker: PageWorker;
  const begin = () => {
    worker = startPageWorker({ kind: "kernel", state }, { assets, ready });
    worker.port.onmessage = ({ data }) => router.onComputed(data);
  };
  const tell = (message: ToMain) => worker.port.postMessage(message);
  const close = () => {
    worker.terminate();
    language.close();
  };
  const restart = () => {
    worker.terminate();
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
    language: language.ask,
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
