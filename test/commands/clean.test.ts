import assert from "node:assert/strict";
import { existsSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { KEPT, newProject } from "./project";

const project = newProject();
after(() => project.remove());

test("clean removes runs, models, downloads and what the kernel has compiled, and nothing else", async () => {
  project.write("runs/2026-01-02T03-04-05/summary.json", "{}");
  project.write("data/models/lesson-01/model.json", "{}");
  project.write("data/fashion-mnist/train-labels-idx1-ubyte.gz", "precious");
  const [models, modules] = [join("data", "models"), join("lib", "kernel", "build", "modules")];
  unlinkSync(join(project.folder, KEPT)); // what all projects share
  project.write("lib/kernel/build/modules/0123.json", "{}");
  const stdout = `removed runs\nremoved ${models}\nremoved ${modules}\n`;
  assert.deepEqual(await project.run(["clean"]), { code: 0, stdout, stderr: "" });
  const left = [
    "runs",
    models,
    modules,
    "data/fashion-mnist/train-labels-idx1-ubyte.gz",
    "lib",
    "notebooks",
    "node_modules",
  ];
  assert.deepEqual(
    left.filter((name) => existsSync(join(project.folder, name))),
    left.slice(3),
  );
});
