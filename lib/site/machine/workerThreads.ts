/// <reference lib="dom" />
import { EventEmitter } from "node:events";
import { newThread } from "./threads";
import { withListeners } from "./withListeners";

class Channel {
  port1: ReturnType<typeof withListeners>;
  port2: ReturnType<typeof withListeners>;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    [this.port1, this.port2] = [withListeners(port1), withListeners(port2)];
  }
}

/** A thread that runs one of the library's files. */
class Worker extends EventEmitter {
  private readonly thread: globalThis.Worker;
  constructor(file: string, { workerData }: { workerData?: unknown } = {}) {
    super();
    this.thread = newThread(String(file), workerData);
    this.thread.onerror = ({ message }) => this.emit("error", new Error(message));
    this.thread.onmessage = ({ data }) => this.emit("message", data);
  }
  postMessage = (value: unknown, transfer: Transferable[] = []) => this.thread.postMessage(value, transfer);
  terminate = () => Promise.resolve(this.thread.terminate());
  ref = () => {};
  unref = () => {};
}

/** Node's `worker_threads`. What has come to a port but was not heard cannot be taken out of it in a browser. */
export = {
  ...{ isMainThread: true, parentPort: null, threadId: 0, workerData: null, resourceLimits: {} },
  ...{ Worker, MessageChannel: Channel, MessagePort, BroadcastChannel },
  receiveMessageOnPort: () => undefined,
};
