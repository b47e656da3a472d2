/// <reference lib="dom" />

const cores = () => navigator.hardwareConcurrency || 1;
const MEMORY = 4 * 2 ** 30; // bytes that one tab can have, about

/** Node's `os`: what a tab knows of its machine. */
export = {
  ...{ EOL: "\n", devNull: "/dev/null" },
  availableParallelism: cores,
  cpus: () => Array.from({ length: cores() }, () => ({ model: "unknown to a browser", speed: 0, times: {} })),
  ...{ platform: () => "linux", type: () => "Linux", release: () => "", version: () => "", arch: () => "wasm32" },
  ...{ machine: () => "wasm32", endianness: () => "LE", hostname: () => "browser", tmpdir: () => "/tmp" },
  ...{ homedir: () => "/home", totalmem: () => MEMORY, freemem: () => MEMORY, uptime: () => performance.now() / 1000 },
  ...{ loadavg: () => [0, 0, 0], networkInterfaces: () => ({}), constants: { signals: { SIGINT: 2 } } },
  userInfo: () => ({ username: "browser", uid: 1000, gid: 1000, shell: null, homedir: "/home" }),
};
