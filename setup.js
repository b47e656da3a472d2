// Every npm script starts here: makes ready what is missing, then runs the command it is given, in this same process,
// so that Ctrl-C reaches it and no shell in between. Old JavaScript on purpose: an unfit Node must reach the refusal.
"use strict";
var fs = require("fs");
var path = require("path");
var spawnSync = require("child_process").spawnSync;

// The first of each line that can require ES modules, as arquero needs; Node 21 never could, 23 and newer always can.
var LEAST = { 20: 19, 21: Infinity, 22: 13 };
var LAST_TRIED = 24;

// No runtime, no static data: kernels work on addresses they are given, in the memory and the table of their caller.
var COMPILE = ["-O3", "--runtime", "stub", "--noAssert", "--use", "abort=", "--importMemory", "--importTable"].concat(
  ["--initialMemory", "1", "--maximumMemory", "65536"],
  ["--enable", "threads", "--enable", "simd", "--enable", "bulk-memory"],
);

refuseUnfitNode();
process.chdir(__dirname);
if (process.argv[2] === "--kernels") {
  compileKernels();
  process.exit(0);
}
if (!installed()) install();
compileKernels();
repairLink();
if (process.argv.length > 2) run(process.argv.slice(2));

function refuseUnfitNode() {
  var version = process.versions.node.split(".").map(Number);
  if (version[0] < 20 || version[1] < LEAST[version[0]]) {
    console.error("Node " + process.versions.node + " is too old: install Node 20.19, 22.13 or 24, or newer ones.");
    process.exit(1);
  }
  if (version[0] > LAST_TRIED)
    console.error("Note: Node " + process.versions.node + " has not been tried, 20.19 to 24 have.");
}

// npm writes node_modules/.package-lock.json as its last deed, so an install that broke off is seen here too.
function installed() {
  var wanted = readPackages("package-lock.json");
  var found = readPackages(path.join("node_modules", ".package-lock.json"));
  if (!wanted || !found) return false;
  return Object.keys(wanted).every(function (name) {
    var skipped = name === "" || wanted[name].optional;
    return skipped || (found[name] && found[name].version === wanted[name].version && fs.existsSync(name));
  });
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch (_error) {
    return null;
  }
}

function install() {
  console.log("Installing the packages (once, about a minute) …");
  var npm = process.env.npm_execpath;
  var args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  var options = { stdio: ["ignore", "inherit", "inherit"] };
  var result = npm
    ? spawnSync(process.execPath, [npm].concat(args), options)
    : spawnSync("npm", args, Object.assign({ shell: process.platform === "win32" }, options));
  if (result.status === 0 && installed()) return;
  console.error("The packages could not be installed; see npm's message above, then run the same command again.");
  process.exit(1);
}

// AssemblyScript kernels: lib/<room>/assembly/main.ts becomes lib/<room>/build/<build>.wasm when a source of the
// room, or of the threads all rooms share, is newer.
function compileKernels() {
  var builds = {
    plain: ["--sharedMemory"],
    relaxed: ["--sharedMemory", "--enable", "relaxed-simd"],
    unshared: [],
  };
  var sources = fs.readdirSync("lib", { recursive: true }).filter(function (name) {
    return path.basename(path.dirname(name)) === "assembly" && name.endsWith(".ts");
  });
  sources.filter(isMain).forEach(function (main) {
    var room = path.dirname(path.dirname(main));
    var own = sources.filter(function (name) {
      return name.startsWith(room + path.sep) || name.startsWith("threads" + path.sep);
    });
    var newest = Math.max.apply(null, [__filename].concat(own.map(inLib)).map(changed));
    Object.keys(builds).forEach(function (build) {
      var out = path.join("lib", room, "build", build + ".wasm");
      if (changed(out) < newest) compile(inLib(main), out, builds[build]);
    });
  });
}

function inLib(name) {
  return path.join("lib", name);
}

function isMain(name) {
  return path.basename(name) === "main.ts";
}

function changed(file) {
  return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
}

// Written under another name first: a compilation that breaks off leaves nothing that looks finished.
function compile(main, out, flags) {
  console.log("Compiling " + out + " …");
  var draft = out + "." + process.pid + ".part";
  var asc = path.join("node_modules", "assemblyscript", "bin", "asc.js");
  var args = [asc, main, "-o", draft].concat(COMPILE, flags);
  var result = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (result.status === 0) fs.renameSync(draft, out);
  if (result.status === 0) return;
  fs.rmSync(draft, { force: true });
  console.error("The kernels could not be compiled; see the compiler's message above.");
  process.exit(1);
}

// Notebooks reach the library as ./lib. Git on Windows may write the link as a text file: make it a junction there.
function repairLink() {
  var link = path.join("notebooks", "lib");
  if (fs.existsSync(path.join(link, "random.ts"))) return;
  fs.rmSync(link, { force: true, recursive: true });
  if (process.platform === "win32") fs.symlinkSync(path.resolve("lib"), link, "junction");
  else fs.symlinkSync(path.join("..", "lib"), link);
}

function run(args) {
  require("ts-node/register");
  require("./lib/cli")
    .main(args)
    .then(function (code) {
      process.exit(code);
    });
}
