/** Names of Node's own modules, as `module.builtinModules` has them. */
export const builtinNames = (
  "_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server _stream_duplex _stream_passthrough " +
  "_stream_readable _stream_transform _stream_wrap _stream_writable _tls_common _tls_wrap assert assert/strict " +
  "async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain " +
  "events fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 " +
  "perf_hooks process punycode querystring readline readline/promises repl stream stream/consumers stream/promises " +
  "stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi " +
  "worker_threads zlib"
).split(" ");

/** What can be required without a file: by its name, what gives it. */
export const knownModules = new Map<string, () => unknown>();

/** Lets cells require a module of Node, also by its name with `node:`. */
export function addBuiltin(name: string, module: unknown): void {
  knownModules.set(name, () => module);
  knownModules.set(`node:${name}`, () => module);
}

/** Modules of Node that a tab cannot have say so when something of them is called. */
export function refuseOtherBuiltins(): void {
  for (const name of builtinNames) if (!knownModules.has(name)) addBuiltin(name, absent(name));
}

function absent(name: string): object {
  const refuse = (what: string) => (): never => {
    throw new Error(`${name}.${what}: a browser tab has no ${name}; run this cell on your own machine, with Node`);
  };
  return new Proxy({}, { get: (_target, key) => (typeof key === "symbol" || key === "__esModule" ? undefined : key === "default" ? absent(name) : refuse(key)) }); // prettier-ignore
}
