import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tryBackend } from "../../../lib/commands/backends/tryBackend";
import { projectRoot } from "../../../lib/files";

const folder = mkdtempSync(join(tmpdir(), "atelier-trial-"));
after(() => rmSync(folder, { recursive: true }));

/** Tries with a program of this text in place of the real one. */
function tryProgram(text: string, patience?: number) {
  const script = join(folder, "trial.js");
  writeFileSync(script, text);
  return tryBackend({ name: "any", script, patience });
}

test("tryBackend() trains on a backend that is there and tells the time and the loss of each step", async () => {
  const outcome = await tryBackend({ name: "simd", steps: 3, batchSize: 4 });
  assert.ok("times" in outcome, JSON.stringify(outcome));
  assert.match(outcome.description, /^compiled kernels with /);
  assert.equal(outcome.times.length, 4);
  assert.ok(outcome.times.every((time) => time > 0));
  assert.ok(
    outcome.losses.every((loss) => Math.abs(loss - Math.log(10)) < 0.5),
    String(outcome.losses),
  );
});

test("tryBackend() takes no further step when the time is up", async () => {
  const outcome = await tryBackend({ name: "simd", steps: 5, batchSize: 4, seconds: 0 });
  assert.equal("times" in outcome && outcome.times.length, 1);
});

test("tryBackend() gives the reason of a backend that is not there", async () => {
  assert.deepEqual(await tryBackend({ name: "abacus" }), { why: "there is no backend abacus" });
});

test("tryBackend() without a name tells what is chosen, and takes no step", async () => {
  const outcome = await tryBackend({});
  assert.ok("times" in outcome, JSON.stringify(outcome));
  assert.match(outcome.description, /^TensorFlow\.js \S+ on \S+: /);
  assert.deepEqual(outcome.times, []);
});

test("tryBackend() outlives a backend that aborts, and says what was seen of it", async () => {
  const text = 'process.stderr.write("no device\\nmore\\n", () => process.abort())';
  assert.deepEqual(await tryProgram(text), { why: "its process ended (SIGABRT): no device" });
});

test("tryBackend() ends a backend that hangs", async () => {
  const why = "its process ended (after 0.5 s without an answer)";
  assert.deepEqual(await tryProgram("setInterval(() => {}, 1000)", 0.5), { why });
});

test("npm run backends lists a backend with the time of a step, and says which is used", () => {
  const args = ["setup.js", "backends", "simd"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^backend +what it is, or why it is not there +ms a step\n-.*\nsimd +compiled kernels .* \d+\.\d\n/,
  );
  assert.match(stdout, /\nTensorFlow\.js \S+ on \S+: .*\n$/);
});
