// Has Node load TypeScript files, as ts-node/register does, and keeps what ts-node made of a file for each state of it: a
// command starts half a second earlier. Of large files of packages, TypeScript above all, it keeps what V8 made of them:
// another fifth of a second. What is kept lies in node_modules/.cache; a folder that cannot be written costs only time.
"use strict";
const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const v8 = require("node:v8");
const vm = require("node:vm");

const root = path.join(__dirname, "..", "..");
const cache = path.join(root, "node_modules", ".cache");
const folder = path.join(cache, "typescript");
const compiled = path.join(cache, "compiled");
const versions = ["ts-node", "typescript"].map((name) => require(name + "/package.json").version);
const mark = [...versions, fs.readFileSync(path.join(root, "tsconfig.json"), "utf8")].join("\n");

const INLINE_MAP = /(\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,)([\w+/=]+)\s*$/;

let service;

function compile(source, file) {
  service ??= require("ts-node").create({ transpileOnly: true, cwd: root });
  return service.compile(source, file).replace(INLINE_MAP, (_all, start, map) => start + beside(map, file));
}

// The map names the source as it lies beside the code, so that a copy of the project elsewhere may use it too.
function beside(map, file) {
  const parsed = JSON.parse(Buffer.from(map, "base64").toString());
  const named = { ...parsed, file: undefined, sourceRoot: undefined, sources: [path.basename(file)] };
  return Buffer.from(JSON.stringify(named)).toString("base64");
}

function load(module, file) {
  const source = fs.readFileSync(file, "utf8");
  const name = createHash("sha256").update(mark).update(path.basename(file)).update(source).digest("hex");
  const kept = path.join(folder, name.slice(0, 32) + ".js");
  let code = read(kept);
  if (code === undefined) keep(kept, (code = compile(source, file)));
  module._compile(code, file);
}

function read(file, encoding = "utf8") {
  try {
    return fs.readFileSync(file, encoding);
  } catch {
    return undefined;
  }
}

// Written under another name first: two commands may start at once.
function keep(file, code) {
  const draft = file + "." + process.pid + ".part";
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(draft, code);
    fs.renameSync(draft, file);
  } catch {
    fs.rmSync(draft, { force: true });
  }
}

// Node would read the maps of all packages too: those of TensorFlow.js take 50 MB and a tenth of a second.
const loadJavaScript = require.extensions[".js"];
function loadWithoutMaps(module, file) {
  const isOwn = !file.includes(path.sep + "node_modules" + path.sep);
  process.setSourceMapsEnabled(isOwn);
  try {
    if (isOwn || fs.statSync(file).size < LARGE) loadJavaScript(module, file);
    else loadLarge(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
}

const LARGE = 100000; // bytes
const newScripts = new Map();

function loadLarge(module, file) {
  const { mtimeMs, size } = fs.statSync(file);
  const state = [file, mtimeMs, size, v8.cachedDataVersionTag()].join(" ");
  const kept = path.join(compiled, createHash("sha256").update(state).digest("hex").slice(0, 32));
  const cachedData = read(kept, null);
  const script = newScript(file, cachedData);
  if (!script) return loadJavaScript(module, file);
  if (cachedData === undefined || script.cachedDataRejected) newScripts.set(kept, script);
  const run = script.runInThisContext();
  run.call(module.exports, module.exports, Module.createRequire(file), module, file, path.dirname(file));
}

// Undefined for an ES module.
function newScript(file, cachedData) {
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const code = Module.wrap(fs.readFileSync(file, "utf8"));
  try {
    return new vm.Script(code, { filename: file, cachedData, importModuleDynamically });
  } catch {
    return undefined;
  }
}

// At the end V8 has the functions too that were called.
process.on("exit", () => {
  for (const [kept, script] of newScripts) keep(kept, script.createCachedData());
});

process.setSourceMapsEnabled(true);
require.extensions[".js"] = loadWithoutMaps;
require.extensions[".ts"] = load;
