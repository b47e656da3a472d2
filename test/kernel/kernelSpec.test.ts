import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { kernelSpec, stockKernelSpec } from "../../lib/kernel/kernelSpec";

test("kernelSpec() starts this package's kernel with the Node that runs us", () => {
  const { argv, interrupt_mode } = kernelSpec("{connection_file}", { snapshot: false });
  const [launch, ...rest] = argv
    .slice(1)
    .filter((part) => !/^--(no-force-async-hooks-checks|expose-internals)$/.test(part));
  assert.deepEqual([argv[0], interrupt_mode], [process.execPath, "message"]);
  assert.ok(existsSync(launch), launch);
  assert.deepEqual(rest, ["--config-path", "{connection_file}"]);
});

test("stockKernelSpec() starts the pinned tslab as it comes", () => {
  const { argv } = stockKernelSpec("{connection_file}");
  assert.equal(argv[0], process.execPath);
  assert.ok(existsSync(argv[1]), argv[1]);
  assert.deepEqual(argv.slice(2), ["kernel", "--config-path", "{connection_file}"]);
});
