import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { draftOf, findBinding, keepBinding } from "../../../lib/compute/tensorflow/binding";
import { projectRoot, typeScriptLoader } from "../../../lib/files";

const folder = mkdtempSync(join(tmpdir(), "atelier-binding-"));
after(() => rmSync(folder, { recursive: true }));

/** What startTensorflow() says of itself in a process of its own, with a binding in the folder. */
function start(from: string): string {
  const code = `
    const { startTensorflow } = require("./lib/compute/tensorflow/startTensorflow");
    const say = (what) => console.log(JSON.stringify(what));
    startTensorflow(${JSON.stringify(from)}).then(say, ({ message }) => console.log(message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", typeScriptLoader, "-e", code], { cwd: projectRoot, encoding: "utf8" }); // prettier-ignore
  return stdout.trim() || stderr;
}

test("startTensorflow() says why a library that was built does not load", () => {
  writeFileSync(draftOf(folder), "no library");
  keepBinding(folder, { tensorflow: "2.21.0", cuda: false });
  assert.match(start(folder), /^TensorFlow 2\.21\.0, built by npm run native, does not load \([^\n]+\)$/);
});

test("startTensorflow() takes tfjs-node-gpu as it comes where nothing was built", () => {
  const said = start(join(folder, "nothing"));
  assert.match(said, /^(tfjs-node-gpu (is not installed|is without its native library|does not load)|\{"library":)/);
});

const skip = !findBinding() && "TensorFlow's library is not built here: npm run native builds it";

test("startTensorflow() runs the library that was built, and says which it is", { skip }, () => {
  const code = `
    const tf = require("@tensorflow/tfjs");
    const { startTensorflow } = require("./lib/compute/tensorflow/startTensorflow");
    startTensorflow().then(({ library }) => console.log(library, tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]));`;
  const { stdout } = spawnSync(process.execPath, ["-r", typeScriptLoader, "-e", code], { cwd: projectRoot, encoding: "utf8" }); // prettier-ignore
  assert.equal(stdout, "TensorFlow 2.21.0 11\n");
});
