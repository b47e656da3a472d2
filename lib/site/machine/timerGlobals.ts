import { clearImmediate, setImmediate, setTimer } from "./timers";

// Node's timers, before anything else: what stands in for Node's modules takes them as it loads.
Object.assign(globalThis, {
  ...{ global: globalThis, setImmediate, clearImmediate },
  setTimeout: setTimer(globalThis.setTimeout),
  setInterval: setTimer(globalThis.setInterval),
});
