/// <reference lib="dom" />
import type { MessagePort as NodePort } from "node:worker_threads";

type Listener = (value: unknown) => void;

/** A port with Node's methods for its listeners. */
export function withListeners(port: MessagePort): NodePort {
  const wrappers = new Map<Listener, (event: MessageEvent) => void>();
  const methods = {
    on(_type: string, listener: Listener) {
      const wrapper = ({ data }: MessageEvent) => listener(data);
      wrappers.set(listener, wrapper);
      port.addEventListener("message", wrapper);
      port.start();
      return port;
    },
    once(type: string, listener: Listener) {
      const first: Listener = (value) => (methods.off(type, first), listener(value));
      return methods.on(type, first);
    },
    off(_type: string, listener: Listener) {
      port.removeEventListener("message", wrappers.get(listener) as EventListener);
      return port;
    },
    ref: () => {},
    unref: () => {},
  };
  return Object.assign(port, methods) as unknown as NodePort;
}
