// Has Node load TypeScript files, as ts-node/register does, and keeps what ts-node made of a file for each state of it: a
// command starts half a second earlier. What is kept lies in node_modules/.cache; a folder that cannot be written costs
// only time.
"use strict";
const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..", "..");
const folder = path.join(root, "node_modules", ".cache", "typescript");
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

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

// Written under another name first: two commands may start at once.
function keep(file, code) {
  const draft = file + "." + process.pid + ".part";
  try {
    fs.mkdirSync(folder, { recursive: true });
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
    loadJavaScript(module, file);
  } finally {
    process.setSourceMapsEnabled(true);
  }
}

process.setSourceMapsEnabled(true);
require.extensions[".js"] = loadWithoutMaps;
require.extensions[".ts"] = load;
