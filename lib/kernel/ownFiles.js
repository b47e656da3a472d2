// The kernel's own files, which are TypeScript: each is compiled once for each of its states. What is compiled is kept in
// build/, so that a start costs no more than that of JavaScript.
"use strict";
// Nothing of worker_threads: a snapshot that has loaded it cannot start workers.
const { createHash, randomUUID } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const build = path.join(__dirname, "build");

// `typescript` gives the compiler, where it is needed.
exports.compiled = function compiled(file, typescript) {
  const source = fs.readFileSync(file, "utf8");
  const mark = "// " + createHash("sha256").update(source).digest("hex") + "\n";
  const kept = path.join(build, path.relative(__dirname, file).replace(/[\\/]/g, ".") + ".js");
  const text = fs.existsSync(kept) ? fs.readFileSync(kept, "utf8") : "";
  if (text.startsWith(mark)) return text;
  const fresh = mark + compile(source, typescript());
  keep(kept, fresh);
  return fresh;
};

function compile(source, ts) {
  const { CommonJS } = ts.ModuleKind;
  const compilerOptions = { module: CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

// Written under another name first: two kernels, or two threads of one, may start at once. A folder that cannot be written costs only time.
function keep(file, text) {
  const draft = `${file}.${randomUUID()}.part`;
  try {
    fs.mkdirSync(build, { recursive: true });
    fs.writeFileSync(draft, text);
    fs.renameSync(draft, file);
  } catch (_error) {
    fs.rmSync(draft, { force: true });
  }
}
