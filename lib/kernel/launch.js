// The kernel's start: its two threads, and a third for the language service, once somebody asks it.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const { isMainThread, MessageChannel, parentPort, Worker, workerData } = require("node:worker_threads");
const { compiled } = require("./ownFiles");

// Only while the kernel's own files load: what a cell requires is none of this loader's business.
function load(name) {
  Module._extensions[".ts"] = (module, file) =>
    module._compile(
      compiled(file, () => require("typescript")),
      file,
    );
  try {
    return require(name);
  } finally {
    delete Module._extensions[".ts"];
  }
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
  const importModule = (place) => import(place);
  load("./kernel").startKernel({ port: port1, state: new Int32Array(state), load, importModule });
} else if (workerData.language) {
  load("./language/languageThread").startLanguage(parentPort, workerData.language);
} else {
  const { connection, state, port } = workerData;
  load("./io/ioThread").startIo({ connection, port, state: new Int32Array(state) });
}
