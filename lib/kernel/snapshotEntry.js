// What becomes the snapshot of a kernel that has not started yet: TypeScript, and the declarations that every cell sees,
// parsed and bound. Node runs this file to make the snapshot, and the function at its end whenever a kernel starts from it.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { startupSnapshot } = require("node:v8");

const [, , typescript, folder, state] = process.argv;
const modules = new Map();

// Files that become part of a snapshot cannot come from Node's own loader.
function load(file) {
  if (modules.has(file)) return modules.get(file).exports;
  const module = { exports: {} };
  modules.set(file, module);
  const find = (name) => {
    if (name === "typescript") return load(typescript);
    if (!name.startsWith(".")) return require(name);
    const place = path.join(path.dirname(file), name);
    return load([place, `${place}.js`, `${place}.ts`].find((one) => fs.existsSync(one)));
  };
  const text = file.endsWith(".ts")
    ? load(path.join(__dirname, "ownFiles.js")).compiled(file, () => load(typescript))
    : fs.readFileSync(file, "utf8");
  new Function("module", "exports", "require", "__filename", "__dirname", text)(module, module.exports, find, file, path.dirname(file)); // prettier-ignore
  return module.exports;
}

const ts = load(typescript);
const room = (name) =>
  [".js", ".ts"].map((kind) => path.join(__dirname, name + kind)).find((one) => fs.existsSync(one));
const { knownForCells } = load(room("knownForCells"));
const known = knownForCells(ts, folder);
for (const name of ["completion", "inspection", "completeness"]) load(room(name));
modules.delete(typescript);
globalThis[Symbol.for("atelier.kernel")] = { state, typescript, ts, known, modules };

startupSnapshot.setDeserializeMainFunction(() => {
  const launch = path.resolve(process.argv[1]);
  require("node:module").createRequire(launch)(launch);
});
