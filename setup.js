// Every npm script starts here: makes ready what is missing, then runs the command it is given, in this same process,
// so that Ctrl-C reaches it and no shell in between. Old JavaScript on purpose: an unfit Node must reach the refusal.
"use strict";
var crypto = require("crypto");
var fs = require("fs");
var os = require("os");
var path = require("path");
var spawn = require("child_process").spawn;
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
  noteLibrary();
  compileKernels(function () {});
} else {
  if (!installed()) install();
  compileKernels(function () {
    repairLink();
    if (process.argv.length > 2) run(process.argv.slice(2));
  });
}

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

// The library as it was installed, with the sum of each file: its types were checked before it was published, and a kernel
// checks those files that have changed since, and what they reach.
function noteLibrary() {
  var kernel = path.join("lib", "kernel");
  if (!fs.existsSync(kernel)) return;
  var sums = {};
  fs.readdirSync("lib", { recursive: true }).forEach(function (name) {
    if (!/\.ts$/.test(name)) return;
    var text = fs.readFileSync(path.join("lib", name), "utf8");
    sums[name.split(path.sep).join("/")] = crypto.createHash("sha256").update(text).digest("hex");
  });
  fs.mkdirSync(path.join(kernel, "build"), { recursive: true });
  fs.writeFileSync(path.join(kernel, "build", "installed.json"), JSON.stringify(sums));
}

// AssemblyScript kernels: lib/<room>/assembly/main.ts becomes lib/<room>/build/<build>.wasm when a source of the
// room, or of the threads all rooms share, is newer. Then it calls `done`.
function compileKernels(done) {
  var builds = {
    plain: ["--sharedMemory", "--use", "NATIVE=0"],
    relaxed: ["--sharedMemory", "--enable", "relaxed-simd", "--use", "NATIVE=0"],
    unshared: ["--use", "NATIVE=0"],
  };
  var native = { native: ["--sharedMemory", "--enable", "relaxed-simd", "--use", "NATIVE=1"] };
  var sources = assemblyIn("");
  var wanted = [];
  sources.filter(isMain).forEach(function (main) {
    var room = path.dirname(path.dirname(main));
    var own = sources.filter(function (name) {
      return name.startsWith(room + path.sep) || name.startsWith("threads" + path.sep);
    });
    var newest = Math.max.apply(null, [__filename].concat(own.map(inLib)).map(changed));
    var ofRoom = compileNative(path.join("lib", room)) ? Object.assign({}, builds, native) : builds;
    Object.keys(ofRoom).forEach(function (build) {
      var out = path.join("lib", room, "build", build + ".wasm");
      if (changed(out) < newest) wanted.push({ main: inLib(main), out: out, flags: ofRoom[build] });
    });
  });
  compileAll(wanted, done);
}

// The sources below a folder of lib, without what is built there, which is much.
function assemblyIn(folder) {
  var found = [];
  fs.readdirSync(inLib(folder), { withFileTypes: true }).forEach(function (entry) {
    var name = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "build") found = found.concat(assemblyIn(name));
    else if (path.basename(folder) === "assembly" && name.endsWith(".ts")) found.push(name);
  });
  return found;
}

// As many at a time as there are cores. Where one fails, those that run end first.
function compileAll(wanted, done) {
  var running = 0;
  var failed = false;
  function next() {
    while (!failed && wanted.length > 0 && running < Math.max(os.cpus().length, 1)) {
      running++;
      compile(wanted.shift(), ended);
    }
    if (running > 0) return;
    if (!failed) return done();
    console.error("The kernels could not be compiled; see the compiler's message above.");
    process.exit(1);
  }
  function ended(isMade) {
    running--;
    failed = failed || !isMade;
    next();
  }
  next();
}

// C beside the kernels: lib/<room>/native/*.c becomes lib/<room>/build/native.node, where there is a C compiler and a
// processor for which it is written. It is an extra: without it, or when it fails, the kernels work without. What the
// compiler said then lies beside, and it is not tried again until a source is newer.
function compileNative(room) {
  var folder = path.join(room, "native");
  if (!fs.existsSync(folder) || process.arch !== "x64" || process.platform === "win32") return false;
  var out = path.join(room, "build", "native.node");
  var failed = path.join(room, "build", "native-failed.txt");
  var files = fs.readdirSync(folder).map(function (name) {
    return path.join(folder, name);
  });
  var newest = Math.max.apply(null, [__filename].concat(files).map(changed));
  if (changed(out) >= newest) return true;
  fs.rmSync(out, { force: true }); // what an older source made would not fit the kernels
  if (changed(failed) >= newest) return false;
  var compiler = [process.env.CC, "cc", "gcc", "clang"].filter(isCompiler)[0];
  if (!compiler) return false;
  console.log("Compiling " + out + " …");
  fs.mkdirSync(path.dirname(out), { recursive: true });
  var drafts = fs.mkdtempSync(path.join(room, "build", "draft-"));
  var said = buildAddon(compiler, folder, drafts);
  if (!said) fs.renameSync(path.join(drafts, "native.node"), out);
  else fs.writeFileSync(failed, said);
  fs.rmSync(drafts, { recursive: true, force: true });
  if (said) console.log("It could not be compiled, so WebAssembly does all the work: see " + failed);
  return !said;
}

function isCompiler(name) {
  return Boolean(name) && spawnSync(name, ["--version"]).status === 0;
}

// One object for each source and kind of vector, then the addon; gives what the compiler said where it failed.
function buildAddon(compiler, folder, drafts) {
  var headers = path.join("node_modules", "node-api-headers", "include");
  var common = ["-O3", "-fPIC", "-std=gnu11", "-ffp-contract=fast", "-I", headers];
  var kinds = {
    avx2: ["-mavx2", "-mfma", "-DWIDTH=8"],
    avx512: ["-mavx512f", "-mfma", "-DWIDTH=16"],
  };
  var objects = [];
  var commands = [];
  fs.readdirSync(folder).forEach(function (name) {
    if (!name.endsWith(".c")) return;
    (name === "addon.c" ? [""] : Object.keys(kinds)).forEach(function (kind) {
      var object = path.join(drafts, name + kind + ".o");
      objects.push(object);
      commands.push(["-c", path.join(folder, name), "-o", object].concat(common, kinds[kind] || []));
    });
  });
  var link = process.platform === "darwin" ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared"];
  commands.push(link.concat(objects, ["-o", path.join(drafts, "native.node")]));
  for (var i = 0; i < commands.length; i++) {
    var result = spawnSync(compiler, commands[i], { encoding: "utf8" });
    if (result.status !== 0) return [compiler].concat(commands[i]).join(" ") + "\n" + (result.stderr || result.error);
  }
  return fs.existsSync(path.join(drafts, "native.node")) ? "" : compiler + " has made no file";
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
function compile(kernel, done) {
  console.log("Compiling " + kernel.out + " …");
  var draft = kernel.out + "." + process.pid + ".part";
  var asc = path.join("node_modules", "assemblyscript", "bin", "asc.js");
  var args = [asc, kernel.main, "-o", draft].concat(COMPILE, kernel.flags);
  spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] }).on("close", function (status) {
    if (status === 0) fs.renameSync(draft, kernel.out);
    else fs.rmSync(draft, { force: true });
    done(status === 0);
  });
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
  require("./lib/commands/loadTypeScript");
  require("./lib/cli")
    .main(args)
    .then(function (code) {
      process.exit(code);
    });
}
