import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { type BuildPlace, findBuildTools } from "../../../lib/commands/native/buildTools";
import { NativeError } from "../../../lib/commands/native/nativeError";
import { PythonError } from "../../../lib/python/pythonError";
import { newFakePython, skip } from "../../python/fakePython";
import { newFakeMachine } from "./fakeMachine";

const python = newFakePython();
const machine = newFakeMachine();
machine.program("g++", "");
machine.module("@tensorflow/tfjs-node/binding/tfjs_binding.cc");
after(() => {
  python.remove();
  machine.remove();
});

/** A machine that has all it takes, but for what is given. */
const find = (place: Partial<BuildPlace> = {}) =>
  findBuildTools({
    folder: machine.build,
    cuda: false,
    platform: "linux",
    arch: "x64",
    env: { PATH: [machine.bin, python.folder].join(":") },
    modules: machine.modules,
    freeBytes: () => 2e9,
    ...place,
  });

test("findBuildTools() gives the compiler and the package with the sources", { skip }, () => {
  const source = join(machine.modules, "@tensorflow", "tfjs-node");
  assert.deepEqual(find(), { compiler: "g++", source });
});

test("findBuildTools() refuses a system that there is no library for, and says what uses its GPU", () => {
  const cure = "this is darwin on arm64; elsewhere WebGPU uses the GPU";
  const refusal = new NativeError(`TensorFlow's library is built on Linux on x64 only, ${cure}`);
  assert.throws(() => find({ platform: "darwin", arch: "arm64" }), refusal);
});

test("findBuildTools() refuses where no package with the sources is installed", () => {
  const refusal = new NativeError(
    "Neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed, whose sources are compiled; " +
      "run npm install, without --omit=optional",
  );
  assert.throws(() => find({ modules: join(machine.modules, "none") }), refusal);
});

test("findBuildTools() refuses where there is no compiler, and where CXX names none", { skip }, () => {
  const cure = "install one (Debian and Ubuntu: apt install g++) or name it with CXX";
  const refusal = (tried: string) => new NativeError(`There is no C++ compiler here (tried: ${tried}); ${cure}`);
  assert.throws(() => find({ env: { PATH: python.folder } }), refusal("c++, g++, clang++"));
  assert.throws(() => find({ env: { PATH: machine.bin, CXX: "icpx" } }), refusal("icpx"));
});

test("findBuildTools() refuses where there is no Python, or only one that is too new", { skip }, () => {
  const none = new PythonError("There is no Python 3 here; install Python 3.10 or newer");
  assert.throws(() => find({ env: { PATH: machine.bin } }), none);
  python.become({ version: [3, 14, 0] });
  const cure = "is too new for the packages; install Python 3.10 to 3.13";
  assert.throws(find, new PythonError(`Python 3.14.0 (${join(python.folder, "python3")}) ${cure}`));
  python.become({});
});

test("findBuildTools() refuses where the disk is too full, with CUDA sooner", { skip }, () => {
  const asked: string[] = [];
  const freeBytes = (folder: string) => (asked.push(folder), 1.94e9);
  const refusal = (wanted: number) =>
    new NativeError(
      `${machine.build} needs ${wanted} GB of disk space, 1.9 GB are free; make space and run the same command again`,
    );
  assert.throws(() => find({ freeBytes }), refusal(2));
  assert.throws(() => find({ freeBytes, cuda: true }), refusal(12));
  assert.deepEqual(new Set(asked), new Set([join(machine.build, "..")]));
});

test("findBuildTools() asks the disk itself where nobody answers for it", { skip }, () => {
  assert.doesNotThrow(() => find({ freeBytes: undefined, folder: machine.bin }));
});
