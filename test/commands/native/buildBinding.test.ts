import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildBinding } from "../../../lib/commands/native/buildBinding";
import { NativeError } from "../../../lib/commands/native/nativeError";
import { findBinding } from "../../../lib/compute/tensorflow/binding";
import { PythonError } from "../../../lib/python/pythonError";
import { newFakePython, skip, withPath } from "../../python/fakePython";
import { newFakeMachine } from "./fakeMachine";

const python = newFakePython();
const machine = newFakeMachine();
after(() => {
  python.remove();
  machine.remove();
});

const library = join(machine.build, "python", "lib", "python3.12", "site-packages", "tensorflow");
const compiler = join(machine.bin, "c++");

/** Builds with a compiler whose text is given; the environment holds the library as pip would put it there. */
function build({ cuda = false, text }: { cuda?: boolean; text: string }): string[] {
  machine.program("c++", text);
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    if (line.startsWith("Compiling")) mkdirSync(library, { recursive: true });
  };
  withPath([python.folder], () => buildBinding({ folder: machine.build, cuda, compiler, source: "/sources", log }));
  return lines;
}

const compiles = 'require("fs").writeFileSync(process.argv.at(-1), process.argv.slice(2).join(" "))';

test("buildBinding() installs TensorFlow alone, compiles the addon against it and notes what it is", { skip }, () => {
  const lines = build({ text: compiles });
  assert.deepEqual(python.calls().slice(-1), ["pip install --no-deps tensorflow-cpu==2.21.0"]);
  assert.equal(lines.at(-1), `Compiling the addon with ${compiler} …`);
  const addon = join(machine.build, "tfjs_binding.node");
  assert.deepEqual(findBinding(machine.build), { addon, tensorflow: "2.21.0", cuda: false });
  assert.deepEqual(readdirSync(machine.build).sort(), ["binding.json", "python", "tfjs_binding.node"]);

  const words = readFileSync(addon, "utf8").split(" ");
  const inOrder = (...wanted: string[]) => assert.ok(words.join(" ").includes(wanted.join(" ")), words.join(" "));
  inOrder("-I", join(library, "include"), "-I", "/sources", "/sources/binding/tfjs_backend.cc");
  inOrder("-L", library, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2");
  inOrder("-Wl,-rpath,$ORIGIN/python/lib/python3.12/site-packages/tensorflow", "-o", join(machine.build, "draft-"));
});

test("buildBinding() installs CUDA beside TensorFlow where it is asked to", { skip }, () => {
  build({ cuda: true, text: compiles });
  assert.deepEqual(python.calls().slice(-1), ["pip install tensorflow[and-cuda]==2.21.0"]);
  assert.equal(findBinding(machine.build)?.cuda, true);
});

test("buildBinding() leaves no binding where the compiler fails, and says what it said", { skip }, () => {
  const text = 'console.error("In file x\\nx.cc:7: error: no such header"); process.exit(1)';
  const cure = `see ${join(machine.build, "compiler.txt")}, then run the same command again`;
  const refusal = new NativeError(`The addon could not be compiled (x.cc:7: error: no such header); ${cure}`);
  assert.throws(() => build({ text }), refusal);
  assert.equal(findBinding(machine.build), undefined);
  assert.match(readFileSync(join(machine.build, "compiler.txt"), "utf8"), /^\S*c\+\+ -std=c\+\+17 [^\n]*\nIn file x\n/);
});

test("buildBinding() leaves no binding where the package does not install", { skip }, () => {
  build({ text: compiles });
  writeFileSync(join(machine.build, "python", "made-of.json"), "of other packages");
  python.become({ pip: "fail" });
  assert.throws(() => build({ text: compiles }), PythonError);
  assert.equal(findBinding(machine.build), undefined);
  assert.equal(existsSync(join(machine.build, "tfjs_binding.node")), false);
});
