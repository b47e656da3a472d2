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
  const connection = JSON.parse(fs.readFileSync(connectionFile(), "utf8"));
  const state = new SharedArrayBuffer(64);
  const { port1, port2 } = new MessageChannel();
  new Worker(__filename, { workerData: { connection, state, port: port2 }, transferList: [port2] });
  fromSnapshot = load("./snapshotContent").snapshotContent()?.modules ?? fromSnapshot;
  const importModule = (place) => import(place);
  load("./kernel").startKernel({ port: port1, state: new Int32Array(state), load, importModule });
} else if (workerData.language) {
  load("./language/languageThread").startLanguage(parentPort, workerData.language);
} else {
  const { connection, state, port } = workerData;
  load("./io/ioThread").startIo({ connection, port, state: new Int32Array(state) });
}
