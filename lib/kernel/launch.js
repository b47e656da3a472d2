// The kernel's start. Its TypeScript files are compiled by TypeScript, once for each state of a
// file: what is compiled is kept in build/, so that a start costs no more than stock tslab's.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { isMainThread, MessageChannel, Worker, workerData } = require("node:worker_threads");

const build = path.join(__dirname, "build");

function compiled(file) {
  const source = fs.readFileSync(file, "utf8");
  const mark = "// " + createHash("sha256").update(source).digest("hex") + "\n";
  const kept = path.join(build, path.relative(__dirname, file).replace(/[\\/]/g, ".") + ".js");
  const text = fs.existsSync(kept) ? fs.readFileSync(kept, "utf8") : "";
  if (text.startsWith(mark)) return text;
  const fresh = mark + compile(source);
  keep(kept, fresh);
  return fresh;
}

function compile(source) {
  const ts = require("typescript");
  const { CommonJS } = ts.ModuleKind;
  const compilerOptions = { module: CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

// Written under another name first: two kernels may start at once. A folder that cannot be written costs only time.
function keep(file, text) {
  const draft = file + "." + process.pid + (isMainThread ? "" : ".io") + ".part";
  try {
    fs.mkdirSync(build, { recursive: true });
    fs.writeFileSync(draft, text);
    fs.renameSync(draft, file);
  } catch (_error) {
    fs.rmSync(draft, { force: true });
  }
}

// Only while the kernel's own files load: what a cell requires is none of this loader's business.
function load(name) {
  Module._extensions[".ts"] = (module, file) => module._compile(compiled(file), file);
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
} else {
  const { connection, state, port } = workerData;
  load("./io/ioThread").startIo({ connection, port, state: new Int32Array(state) });
}
