import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { projectRoot } from "../../lib/files";
import { testKernels } from "./testKernels";

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

test("testKernels() refuses a filter that no spec's name holds", async () => {
  await assert.rejects(testKernels({ filter: "no such spec", backend: "cpu", log: () => {} }), {
    name: "RangeError",
    message: 'no spec\'s name holds "no such spec"',
  });
});

test("npm run test:kernels refuses an unknown backend in one line", () => {
  const args = ["setup.js", "test:kernels", "--backend", "webgl"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.deepEqual([status, stderr.trim()], [2, '--backend is "webgl"; give cpu or simd']);
});
