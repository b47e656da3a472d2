/// <reference lib="dom" />
import { EventEmitter } from "node:events";
import { VIRTUAL_ROOT } from "../virtualRoot";

/** What a page's worker calls a process: one that cannot end, in a folder of the virtual file system. */
const emitter = new EventEmitter();
emitter.setMaxListeners(0);

const NODE = "20.20.0"; // whose library the stand-ins follow
let folder = `${VIRTUAL_ROOT}/notebooks`;
let umask = 0o022;
const browsers = self.console; // in whose place Node's comes, which writes on these streams

const stream = (report: (text: string) => void) =>
  Object.assign(new EventEmitter(), {
    write: (text: string | Uint8Array) => (report(String(text)), true),
    end: () => {},
    isTTY: false,
    writable: true,
  });

const hrtime = Object.assign(
  (before: [number, number] = [0, 0]): [number, number] => {
    const now = performance.now();
    const passed = now * 1e6 - before[0] * 1e9 - before[1];
    return [Math.floor(passed / 1e9), Math.floor(passed % 1e9)];
  },
  { bigint: () => BigInt(Math.round(performance.now() * 1e6)) },
);

const memoryUsage = Object.assign(
  () => {
    const heap = (performance as unknown as { memory?: { usedJSHeapSize: number; totalJSHeapSize: number } }).memory;
    const [used, total] = [heap?.usedJSHeapSize ?? 0, heap?.totalJSHeapSize ?? 0];
    return { rss: total, heapUsed: used, heapTotal: total, external: 0, arrayBuffers: 0 };
  },
  { rss: () => memoryUsage().rss },
);

const standIn = Object.assign(emitter, {
  ...{ title: "browser", platform: "linux", arch: "wasm32", pid: 1, ppid: 0, argv: ["node"], argv0: "node" },
  ...{ execArgv: [], execPath: "/usr/bin/node", version: `v${NODE}`, exitCode: undefined, features: {}, config: {} },
  ...{ versions: { node: NODE, v8: "browser" }, release: { name: "node" } },
  env: { ATELIER_SNAPSHOT: "0", HOME: "/home", TMPDIR: "/tmp" } as Record<string, string | undefined>,
  stdout: stream((text) => browsers.log(text)),
  stderr: stream((text) => browsers.error(text)),
  stdin: Object.assign(new EventEmitter(), { isTTY: false, read: () => null, resume: () => {}, pause: () => {} }),
  cwd: () => folder,
  chdir: (to: string) => void (folder = to.startsWith("/") ? to : `${folder}/${to}`),
  umask: (mask?: number) => [umask, (umask = mask ?? umask)][0],
  nextTick: (work: (...given: unknown[]) => void, ...given: unknown[]) => queueMicrotask(() => work(...given)),
  exit: (code?: number): never => {
    throw new Error(`process.exit(${code ?? ""}): a browser tab has no process to end`);
  },
  abort: () => self.close(),
  kill: () => true,
  emitWarning: (warning: string | Error) => browsers.warn(String(warning)),
  uptime: () => performance.now() / 1000,
  cpuUsage: () => ({ user: performance.now() * 1000, system: 0 }),
  ...{ hrtime, memoryUsage },
  getuid: () => 1000,
  getgid: () => 1000,
  binding: (name: string): never => {
    throw new Error(`No such module: ${name}`);
  },
});

export = standIn as unknown as NodeJS.Process;
