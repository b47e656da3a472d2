import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, afterEach, test } from "node:test";
import { projectRoot } from "../lib/files";

/** Stands in for npm: notes what it was asked, and does it by making the packages' folders, unless told to fail. */
const FAKE_NPM = `#!/usr/bin/env node
const fs = require("fs");
fs.appendFileSync("asked.txt", process.argv.slice(2).join(" ") + "\\n");
if (process.env.FAKE_NPM === "fail") process.exit(1);
if (process.env.FAKE_NPM === "lie") process.exit(0);
const packages = JSON.parse(fs.readFileSync("package-lock.json", "utf8")).packages;
for (const name of Object.keys(packages)) if (name) fs.mkdirSync(name, { recursive: true });
fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
`;

const CI = "ci --include=dev --no-audit --no-fund --loglevel=error\n";
const INSTALLING = "Installing the packages (once, about a minute) …\n";

const WANTED = {
  "": { name: "atelier", version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a/node_modules/b": { version: "2.0.0", dev: true },
  "node_modules/gpu": { version: "4.22.0", optional: true },
};
const FOUND = {
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a/node_modules/b": { version: "2.0.0" },
};

let folder: string;

function write(name: string, content: unknown): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
}

// A project that is all set up.
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "atelier-setup-"));
  copyFileSync(join(projectRoot, "setup.js"), join(folder, "setup.js"));
  write("npm.js", FAKE_NPM);
  write("package-lock.json", { packages: WANTED });
  write("node_modules/.package-lock.json", { packages: FOUND });
  mkdirSync(join(folder, "node_modules/a/node_modules/b"), { recursive: true });
  write("lib/random.ts", "");
  mkdirSync(join(folder, "notebooks"));
  assert.deepEqual(setUp(), { status: 0, stdout: "", stderr: "" }); // makes the link
});

afterEach(() => rmSync(folder, { recursive: true }));

function setUp(args = ["setup.js"], env: NodeJS.ProcessEnv = {}) {
  const options = {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, npm_execpath: join(folder, "npm.js"), ...env },
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options as { encoding: "utf8" });
  return { status, stdout, stderr };
}

const asked = () => (existsSync(join(folder, "asked.txt")) ? readFileSync(join(folder, "asked.txt"), "utf8") : "");
const installs = () => assert.deepEqual([setUp(), asked()], [{ status: 0, stdout: INSTALLING, stderr: "" }, CI]);

test("setup.js does nothing, at once, where all is there but an optional package", () => {
  const start = performance.now();
  assert.deepEqual([setUp(), asked()], [{ status: 0, stdout: "", stderr: "" }, ""]);
  assert.ok(performance.now() - start < 2000);
});

test("setup.js installs once where npm has not finished", () => {
  rmSync(join(folder, "node_modules/.package-lock.json"));
  installs();
  assert.deepEqual([setUp(), asked()], [{ status: 0, stdout: "", stderr: "" }, CI]);
});

test("setup.js installs where there is nothing, as in a fresh clone", () => {
  rmSync(join(folder, "node_modules"), { recursive: true });
  installs();
});

test("setup.js installs where the lock file asks for another version or one more package", () => {
  write("package-lock.json", { packages: { ...WANTED, "node_modules/a": { version: "1.0.1" } } });
  installs();
  rmSync(join(folder, "asked.txt"));
  write("package-lock.json", { packages: { ...WANTED, "node_modules/c": { version: "1.0.0" } } });
  installs();
});

test("setup.js installs where the folder of a package is gone, or npm's note is torn", () => {
  rmSync(join(folder, "node_modules/a/node_modules"), { recursive: true });
  installs();
  rmSync(join(folder, "asked.txt"));
  write("node_modules/.package-lock.json", '{"packages": {');
  installs();
});

test("setup.js says in one line that npm failed, also where npm only says that it did not", () => {
  rmSync(join(folder, "node_modules/.package-lock.json"));
  const stderr = "The packages could not be installed; see npm's message above, then run the same command again.\n";
  for (const FAKE_NPM of ["fail", "lie"])
    assert.deepEqual(setUp(["setup.js", "start"], { FAKE_NPM }), { status: 1, stdout: INSTALLING, stderr });
  assert.equal(asked(), CI + CI);
});

test("setup.js finds npm on the path where npm has not started it", { skip: process.platform === "win32" }, () => {
  rmSync(join(folder, "node_modules/.package-lock.json"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "npm"), FAKE_NPM, { mode: 0o755 });
  const PATH = [join(folder, "bin"), dirname(process.execPath), process.env.PATH].join(":");
  assert.equal(setUp(["setup.js"], { PATH, npm_execpath: "" }).status, 0);
  assert.equal(asked(), CI);
});

test("setup.js repairs the notebooks' link where it is missing, or a text file as Git on Windows writes it", () => {
  const link = join(folder, "notebooks", "lib");
  const isRepaired = () => {
    assert.deepEqual(setUp(), { status: 0, stdout: "", stderr: "" });
    assert.equal(realpathSync(link), join(folder, "lib"));
  };
  isRepaired();
  rmSync(link);
  isRepaired();
  rmSync(link);
  writeFileSync(link, "../lib");
  isRepaired();
  assert.ok(existsSync(join(folder, "lib", "random.ts")));
});

/** Stands in for the compiler of AssemblyScript: makes the file it is asked for. */
const FAKE_ASC = `require("fs").writeFileSync(process.argv[process.argv.indexOf("-o") + 1], "");`;

/** Stands in for a C compiler that is there and fails. */
const FAILING_CC = `#!/bin/sh
[ "$1" = --version ] && exit 0
echo "no such vectors" >&2
exit 1
`;

const hasNativeCode = process.arch === "x64" && process.platform !== "win32";

/** Kernels with native code beside them, compiled once from an older source; compiles them with what is on the path alone, and with `CC`. */
function compileKernels(CC: string): { said: string; built: string[] } {
  write("node_modules/assemblyscript/bin/asc.js", FAKE_ASC);
  write("lib/compute/simd/assembly/main.ts", "");
  write("lib/compute/simd/native/addon.c", "");
  mkdirSync(join(folder, "lib/compute/simd/build"), { recursive: true });
  if (hasNativeCode) write("lib/compute/simd/build/native.node", "of an older source");
  if (hasNativeCode) utimesSync(join(folder, "lib/compute/simd/build/native.node"), 0, 0);
  const { status, stdout } = setUp(["setup.js", "--kernels"], { CC, PATH: folder });
  assert.equal(status, 0);
  const said = stdout.split("\n").filter((line) => line && !line.endsWith(".wasm …"));
  return { said: said.join("\n"), built: readdirSync(join(folder, "lib/compute/simd/build")).sort() };
}

const WASM = ["plain.wasm", "relaxed.wasm", "unshared.wasm"];

test("setup.js notes the library as it is when packages are installed, and no later", () => {
  write("lib/kernel/launch.js", "");
  write("lib/kernel/kernel.ts", "export {};\n");
  write("lib/text.ts", "");
  const list = join(folder, "lib/kernel/build/installed.json");
  assert.deepEqual(setUp(["setup.js", "--kernels"]), { status: 0, stdout: "", stderr: "" });
  const noted = JSON.parse(readFileSync(list, "utf8"));
  assert.deepEqual(Object.keys(noted).sort(), ["kernel/kernel.ts", "random.ts", "text.ts"]);
  assert.equal(noted["text.ts"], createHash("sha256").update("").digest("hex"));
  write("lib/text.ts", "changed");
  setUp();
  assert.deepEqual(JSON.parse(readFileSync(list, "utf8")), noted);
});

test("setup.js compiles the kernels without a word where there is no C compiler", () => {
  assert.deepEqual(compileKernels(""), { said: "", built: WASM });
});

test(
  "setup.js says where a C compiler's message lies when it fails, and goes on without",
  { skip: !hasNativeCode },
  () => {
    writeFileSync(join(folder, "failing-cc"), FAILING_CC, { mode: 0o755 });
    const failed = "lib/compute/simd/build/native-failed.txt";
    const { said, built } = compileKernels(join(folder, "failing-cc"));
    assert.equal(
      said,
      "Compiling lib/compute/simd/build/native.node …\n" +
        `It could not be compiled, so WebAssembly does all the work: see ${failed}`,
    );
    assert.deepEqual(built, ["native-failed.txt", ...WASM]);
    assert.match(readFileSync(join(folder, failed), "utf8"), /addon\.c.*\nno such vectors\n$/);
    assert.deepEqual(setUp(["setup.js", "--kernels"], { PATH: folder }), { status: 0, stdout: "", stderr: "" });
  },
);

test("setup.js ends with 1 where a kernel cannot be compiled, keeps those that could, and leaves no drafts", () => {
  write(
    "node_modules/assemblyscript/bin/asc.js",
    `if (process.argv.includes("relaxed-simd")) process.exit(1); ${FAKE_ASC}`,
  );
  write("lib/compute/simd/assembly/main.ts", "");
  mkdirSync(join(folder, "lib/compute/simd/build"), { recursive: true });
  const { status, stderr } = setUp(["setup.js", "start"]);
  const said = "The kernels could not be compiled; see the compiler's message above.\n";
  assert.deepEqual({ status, stderr }, { status: 1, stderr: said });
  const built = readdirSync(join(folder, "lib/compute/simd/build"));
  assert.ok(!built.includes("relaxed.wasm") && built.every((name) => WASM.includes(name)), built.join());
});

test("setup.js works from any folder", () => {
  rmSync(join(folder, "notebooks", "lib"));
  const { status } = spawnSync(process.execPath, [join(folder, "setup.js")], { cwd: tmpdir() });
  assert.equal(status, 0);
  assert.ok(existsSync(join(folder, "notebooks", "lib", "random.ts")));
});

/** Runs setup.js as if Node were another one. */
function underNode(version: string) {
  const change = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  return setUp(["-e", `${change} require(${JSON.stringify(join(folder, "setup.js"))});`]);
}

test("setup.js refuses a Node below 20.19 in one line, and notes one that has not been tried", () => {
  rmSync(join(folder, "node_modules"), { recursive: true });
  for (const version of ["0.10.48", "18.20.4", "20.9.0", "20.18.3"]) {
    const stderr = `Node ${version} is too old: install Node 20.19, 22.13 or 24, or newer ones.\n`;
    assert.deepEqual(underNode(version), { status: 1, stdout: "", stderr });
  }
  assert.equal(asked(), "");
  for (const version of ["20.19.0", "22.13.0", "23.0.0", "24.11.1"])
    assert.deepEqual([underNode(version).status, underNode(version).stderr], [0, ""]);
  const stderr = "Note: Node 25.1.0 has not been tried, 20.19 to 24 have.\n";
  assert.deepEqual(underNode("25.1.0"), { status: 0, stdout: "", stderr });
});

test("setup.js is of a JavaScript that a Node which is too old can read", () => {
  const script = readFileSync(join(folder, "setup.js"), "utf8").replace(/\/\/.*/g, "");
  assert.doesNotMatch(script, /\b(const|let|async|await|class|import)\b|=>|`|\.\.\.|\?\?|\?\./);
});

test("setup.js runs the command it is given in its own process, and ends with that one's exit code", () => {
  write("lib/commands/loadTypeScript.js", "");
  write("lib/cli.js", "exports.main = async (args) => (console.log(process.pid, ...args), 7);");
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, pid } = spawnSync(process.execPath, ["setup.js", "start", "--quick", "01"], options);
  assert.deepEqual([status, stdout], [7, `${pid} start --quick 01\n`]);
});
