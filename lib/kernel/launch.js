// The kernel's start: its two threads, and a third for the language service, once somebody asks it.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const { isMainThread, MessageChannel, parentPort, Worker, workerData } = require("node:worker_threads");
const { compiled } = require("./ownFiles");

const ownJavaScript = Module._extensions[".js"];
let fromSnapshot = new Map();

// Only while the kernel's own files load: what a cell requires is none of this loader's business.
function load(name) {
  Module._extensions[".ts"] = taking((module, file) =>
    module._compile(
      compiled(file, () => require("typescript")),
      file,
    ),
  );
  Module._extensions[".js"] = taking(ownJavaScript);
  try {
    return require(name);
  } finally {
    delete Module._extensions[".ts"];
    Module._extensions[".js"] = ownJavaScript;
  }
}

// What the snapshot has of the kernel's own files is taken from there.
function taking(loadFile) {
  return (module, file) => {
    const taken = fromSnapshot.get(file);
    if (taken) module.exports = taken.exports;
    else loadFile(module, file);
  };
}

function connectionFile() {
  const at = process.argv.indexOf("--config-path");
  if (at > 0 && process.argv[at + 1]) return process.argv[at + 1];
  console.error("launch.js: no connection file came; start it with --config-path FILE, as Jupyter does");
  process.exit(2);
}

if (isMainThread) {
  const isWarm = process.argv.includes("--warm"); // it is told of its connection later, when a notebook needs a kernel
  const given = isWarm ? undefined : connectionFile();
  const state = new SharedArrayBuffer(64);
  const { port1, port2 } = new MessageChannel();
  const io = new Worker(__filename, { workerData: { state, port: port2 }, transferList: [port2] });
  const connect = (file, env = {}) => io.postMessage({ connection: JSON.parse(fs.readFileSync(file, "utf8")), env });
  if (!isWarm) connect(given);
  fromSnapshot = load("./snapshotContent").snapshotContent()?.modules ?? fromSnapshot;
  const importModule = (place) => import(place);
  const { startKernel } = load("./kernel");
  const start = () => startKernel({ port: port1, state: new Int32Array(state), load, importModule });
  if (isWarm) load("./warmKernel").onTaken(({ connectionFile, env }) => (connect(connectionFile, env), start()));
  else start();
} else if (workerData.language) {
  load("./language/languageThread").startLanguage(parentPort, workerData.language);
} else {
  const { state, port } = workerData;
  const { startIo } = load("./io/ioThread");
  parentPort.once("message", ({ connection, env }) => {
    Object.assign(process.env, env);
    startIo({ connection, port, state: new Int32Array(state) });
  });
}
