import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { BackendCandidate } from "../../lib/compute/backendCandidate";
import { backendCandidates } from "../../lib/compute/backendCandidates";
import { useBackend } from "../../lib/compute/useBackend";

/** Rungs that only say that they were started, or why they cannot be. */
function fakeRungs(outcomes: Record<string, string | Error>) {
  const started: string[] = [];
  const candidates = Object.entries(outcomes).map(([name, outcome]): BackendCandidate => {
    const start = async () => {
      started.push(name);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    };
    return { name, start };
  });
  return { started, candidates };
}

const missing = new Error("no GPU was found");

test("useBackend() takes the first that works and says in one line which it is and why no better one", async () => {
  const { started, candidates } = fakeRungs({ gpu: missing, simd: "on the CPU", cpu: "slow" });
  const lines: string[] = [];
  const backend = await useBackend({ env: {}, log: (line) => lines.push(line), candidates });
  const passedOver = [{ name: "gpu", why: "no GPU was found" }];
  assert.deepEqual(backend, { name: "simd", description: "on the CPU", passedOver });
  assert.deepEqual(started, ["gpu", "simd"]);
  assert.deepEqual(lines, [`TensorFlow.js ${tf.version_core} on simd: on the CPU (no GPU was found).`]);
});

test("useBackend() gives no reasons where the best one works", async () => {
  const { candidates } = fakeRungs({ gpu: "fast", cpu: "slow" });
  const lines: string[] = [];
  const { name, passedOver } = await useBackend({ env: {}, log: (line) => lines.push(line), candidates });
  assert.deepEqual([name, passedOver], ["gpu", []]);
  assert.deepEqual(lines, [`TensorFlow.js ${tf.version_core} on gpu: fast.`]);
});

test("useBackend() passes over one that has a reason against itself, but where it is asked for", async () => {
  const { started, candidates } = fakeRungs({ gpu: "fast", simd: "on the CPU" });
  const lines: string[] = [];
  const refusal = async (log: (line: string) => void) => {
    log("trying");
    return "the GPU is slower";
  };
  const [gpu, simd] = candidates;
  const refusing = { log: (line: string) => lines.push(line), candidates: [{ ...gpu, refusal }, simd] };
  const { name } = await useBackend({ ...refusing, env: {} });
  assert.deepEqual([name, started], ["simd", ["simd"]]);
  assert.deepEqual(lines, ["trying", `TensorFlow.js ${tf.version_core} on simd: on the CPU (the GPU is slower).`]);
  assert.equal((await useBackend({ ...refusing, env: { ATELIER_BACKEND: "gpu" } })).name, "gpu");
  assert.equal((await useBackend({ candidates: [{ ...gpu, refusal: async () => undefined }, simd], env: {}, log: () => {} })).name, "gpu"); // prettier-ignore
});

test("useBackend() starts the one that ATELIER_BACKEND names, and no other", async () => {
  const { started, candidates } = fakeRungs({ gpu: "fast", simd: "on the CPU", cpu: "slow" });
  const lines: string[] = [];
  const env = { ATELIER_BACKEND: "cpu" };
  const backend = await useBackend({ env, log: (line) => lines.push(line), candidates });
  assert.deepEqual([backend, started], [{ name: "cpu", description: "slow", passedOver: [] }, ["cpu"]]);
  assert.deepEqual(lines, [`TensorFlow.js ${tf.version_core} on cpu: slow (chosen by ATELIER_BACKEND).`]);
});

test("useBackend() refuses an unknown name and a named one that fails, with the list of what there is", async () => {
  const { started, candidates } = fakeRungs({ gpu: missing, simd: "on the CPU" });
  const refusal = (name: string) => useBackend({ env: { ATELIER_BACKEND: name }, log: assert.fail, candidates });
  await assert.rejects(refusal("webgl"), {
    name: "RangeError",
    message: 'ATELIER_BACKEND is "webgl"; the backends are gpu, simd',
  });
  assert.deepEqual(started, []);
  await assert.rejects(refusal("gpu"), {
    name: "RangeError",
    message: 'ATELIER_BACKEND is "gpu", but no GPU was found; choose among gpu, simd',
    cause: missing,
  });
  assert.deepEqual(started, ["gpu"]);
});

test("useBackend() tells all reasons where nothing works", async () => {
  const { candidates } = fakeRungs({ gpu: missing, simd: new Error("no WebAssembly") });
  await assert.rejects(useBackend({ env: {}, candidates }), {
    name: "Error",
    message: "no TensorFlow.js backend works here: no GPU was found; no WebAssembly",
  });
});

test("useBackend() starts the real simd, which then computes, by its name and as the best there is without a GPU", async () => {
  assert.deepEqual(
    backendCandidates.map(({ name }) => name),
    ["node-gpu", "simd", "tensorflow", "webgpu", "cpu"],
  );
  const { description } = await useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} });
  assert.match(
    description,
    /^compiled kernels with (SIMD|fused multiply-add|AVX2|AVX-512) on \d+ threads? of the CPU$/,
  );
  assert.equal(tf.getBackend(), "simd");
  assert.deepEqual([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()], [11]);

  const { name, passedOver } = await useBackend({ env: {}, log: () => {} });
  const reasons = passedOver.map(({ why }) => why);
  if (name === "node-gpu") return; // this machine has one
  assert.equal(name, "simd");
  assert.equal(reasons.length, 1);
  assert.match(
    reasons[0],
    /^(TensorFlow \S+ sees no GPU|tfjs-node-gpu (is not installed|is without its native library|does not load))/,
  );
});
