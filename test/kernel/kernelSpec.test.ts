import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { kernelSpec } from "../../lib/kernel/kernelSpec";

test("kernelSpec() starts this package's tslab with the Node that runs us", () => {
  const { argv } = kernelSpec("{connection_file}");
  assert.equal(argv[0], process.execPath);
  assert.ok(existsSync(argv[1]), argv[1]);
  assert.deepEqual(argv.slice(2), ["kernel", "--config-path", "{connection_file}"]);
});
