import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { projectRoot } from "../../lib/files";
import { installedKernelSpec } from "../../lib/kernel/kernelSpec";
import { installKernel, installKernelForUser } from "../../lib/lab/installKernel";
import { loadNotebook } from "../../lib/runner/parseNotebook";

const folder = mkdtempSync(join(tmpdir(), "atelier-kernels-"));
after(() => rmSync(folder, { recursive: true }));

test("installKernel() writes a kernelspec that Jupyter can start, interrupt and show", () => {
  const kernels = join(folder, "jupyter", "kernels");
  assert.equal(installKernel(kernels), join(kernels, "tslab"));
  const spec = JSON.parse(readFileSync(join(kernels, "tslab", "kernel.json"), "utf8"));
  const { argv } = installedKernelSpec("{connection_file}");
  assert.deepEqual(spec, {
    argv,
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
    env: {},
    metadata: { debugger: true },
  });
  assert.ok(argv.includes("{connection_file}"));
  assert.ok(existsSync(spec.argv[0]) && argv.some((word) => word.endsWith("launch.js") && existsSync(word)));
  const files = ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];
  assert.deepEqual(readdirSync(join(kernels, "tslab")).sort(), files);
});

test("installKernel() writes the kernel that every lesson asks for", () => {
  const lessons = readdirSync(join(projectRoot, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  assert.ok(lessons.length > 0);
  for (const name of lessons) {
    const { kernelspec } = loadNotebook(join(projectRoot, "notebooks", name)).metadata;
    assert.deepEqual(kernelspec, { display_name: "TypeScript", language: "typescript", name: "tslab" }, name);
  }
});

test("installKernelForUser() renews its own kernelspec, and leaves another of that name alone", () => {
  const kernels = join(folder, "user", "kernels");
  installKernelForUser(kernels);
  installKernelForUser(kernels);
  const other = '{"argv": ["tslab", "kernel", "--config-path", "{connection_file}"]}';
  const file = join(kernels, "tslab", "kernel.json");
  mkdirSync(join(kernels, "tslab"), { recursive: true });
  writeFileSync(file, other);
  const refusal = `There is another kernel named tslab in ${join(kernels, "tslab")}; remove that folder and run this again`;
  assert.throws(() => installKernelForUser(kernels), new RangeError(refusal));
  assert.equal(readFileSync(file, "utf8"), other);
});

test("installKernelForUser() finds the user's folder where JUPYTER_DATA_DIR names it", () => {
  const before = process.env.JUPYTER_DATA_DIR;
  process.env.JUPYTER_DATA_DIR = join(folder, "own");
  try {
    assert.equal(installKernelForUser(), join(folder, "own", "kernels", "tslab"));
  } finally {
    if (before === undefined) delete process.env.JUPYTER_DATA_DIR;
    else process.env.JUPYTER_DATA_DIR = before;
  }
});
