import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { findBinding } from "../../lib/compute/tensorflow/binding";
import { projectRoot } from "../../lib/files";
import { skip as noSwiftShader } from "../compute/webgpu/softwareGpu";
import listed from "../fixtures/kernels.json";
import { stale } from "./exceptions";
import type { Spec } from "./runSuite";
import { testKernels, type KernelTestOptions } from "./testKernels";

test("testKernels() finds every spec passing on simd that passes on cpu", async () => {
  const lines: string[] = [];
  assert.equal(await testKernels({ log: (line) => lines.push(line) }), true, lines.join("\n"));
  const ran = lines.filter((line) =>
    /^(cpu|simd): 42\d\d specs ran: 42\d\d passed, [05] failed, \d pending$/.test(line),
  );
  assert.equal(ran.length, 2, lines.join("\n"));
  assert.equal(lines.at(-1), "All is well.");
});

test("testKernels() finds a kernel that is wrong, and names its specs", async () => {
  const lines: string[] = [];
  const options = { filter: "matmul backend", spoil: "BatchMatMul", log: (line: string) => lines.push(line) };
  assert.equal(await testKernels(options), false);
  assert.match(lines.at(-1)!, /^\n\d+ specs fail$/);
  assert.ok(lines.some((line) => line.includes("FAILED") && line.includes("matmul backend")));
});

const noLibrary = !findBinding() && "TensorFlow's library is not built here: npm run native builds it";

test("testKernels() finds that TensorFlow's library fails what is listed, and nothing else", { skip: noLibrary }, () =>
  findsAllWell({ backend: "tensorflow" }),
);

test("testKernels() finds that WebGPU fails what is listed of the sigmoid", { skip: noSwiftShader }, async () => {
  const { ATELIER_WEBGPU: before } = process.env;
  process.env.ATELIER_WEBGPU = "software";
  await findsAllWell({ backend: "webgpu", filter: "sigmoid" }).finally(() => {
    if (before === undefined) delete process.env.ATELIER_WEBGPU;
    else process.env.ATELIER_WEBGPU = before;
  });
});

async function findsAllWell(options: KernelTestOptions): Promise<void> {
  const lines: string[] = [];
  assert.equal(await testKernels({ ...options, log: (line) => lines.push(line) }), true, lines.join("\n"));
  assert.ok(
    lines.some((line) => line.startsWith("expected: ")),
    lines.join("\n"),
  );
}

test("a listed exception that passes is reported, and one that is gone", () => {
  const names = listed.tensorflow.filter((kind) => !kind.sometimes).flatMap((kind) => kind.specs);
  const specs = names.slice(1).map((name) => ({ name, status: "failed" as const, failures: [] }));
  const found = (all: Spec[], filter = "") => stale(all, { backend: "tensorflow", filter });
  assert.deepEqual(
    found([...specs, { name: names[0], status: "passed", failures: [] }]).map(({ name, failures }) => [name, failures]),
    [[names[0], ["listed as failing in test/fixtures/kernels.json, but passed"]]],
  );
  assert.deepEqual(found(specs)[0].failures, ["listed as failing in test/fixtures/kernels.json, but not there"]);
  assert.deepEqual(found(specs, "no such spec"), []);
});

test("testKernels() on TensorFlow's library says how to get it where it is not", { skip: !noLibrary }, async () => {
  await assert.rejects(testKernels({ filter: "matmul backend", backend: "tensorflow", log: () => {} }), {
    name: "RangeError",
    message: /^the backend tensorflow cannot be had: .*\. npm run native builds it; see docs\/gpu\.md$/,
  });
});

test("testKernels() refuses a filter that no spec's name holds", async () => {
  await assert.rejects(testKernels({ filter: "no such spec", backend: "cpu", log: () => {} }), {
    name: "RangeError",
    message: 'no spec\'s name holds "no such spec"',
  });
});

test("npm run test:kernels refuses an unknown backend in one line", () => {
  const args = ["setup.js", "test:kernels", "--backend", "webgl"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.deepEqual([status, stderr.trim()], [2, '--backend is "webgl"; give cpu, simd, tensorflow, webgpu']);
});
