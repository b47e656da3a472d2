import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { labEnvironment, pinnedPackages } from "../../lib/lab/labEnvironment";
import { newFakePython, skip, withPath } from "../python/fakePython";

const fake = newFakePython();
after(() => fake.remove());

test("pinnedPackages() names one version of each package, JupyterLab and what draws figures and widgets among them", () => {
  const packages = pinnedPackages();
  for (const name of packages) assert.match(name, /^[a-z0-9-]+==[\w.]+( ; [\w.'<>=!() ]+)?$/);
  for (const name of ["jupyterlab", "plotly", "jupyterlab-widgets", "anywidget"])
    assert.equal(packages.filter((line) => line.startsWith(`${name}==`)).length, 1, name);
});

test(
  "labEnvironment() holds the pinned packages, this package's kernel and extension, and settings that ask no network",
  { skip },
  () => {
    const python = withPath([fake.folder], () => labEnvironment({ root: fake.folder, log: () => {} }));
    assert.equal(python, join(fake.folder, "lab", "bin", "python"));
    const install = ["pip install --no-deps", ...pinnedPackages()].join(" ");
    assert.deepEqual(fake.calls(), [`venv ${join(fake.folder, "lab")}`, install]);
    const read = (...names: string[]) => JSON.parse(readFileSync(join(fake.folder, "lab", ...names), "utf8"));
    const { interrupt_mode, metadata } = read("share", "jupyter", "kernels", "tslab", "kernel.json");
    assert.equal(interrupt_mode, "message");
    const packages = join(fake.folder, "lab", "lib", "python3.12", "site-packages");
    const entries = readFileSync(join(packages, "atelier_warm_kernel-1.0.0.dist-info", "entry_points.txt"), "utf8");
    const [, name, module, provisioner] = /^(\S+) = (\w+):(\w+)$/m.exec(entries)!;
    assert.deepEqual(metadata, { debugger: true, kernel_provisioner: { provisioner_name: name } });
    assert.match(readFileSync(join(packages, `${module}.py`), "utf8"), new RegExp(`^class ${provisioner}\\b`, "m"));
    const server = read("etc", "jupyter", "jupyter_server_config.d", `${module}.json`);
    assert.deepEqual(server.ServerApp.jpserver_extensions, { [module]: true });
    const { disabledExtensions } = read("etc", "jupyter", "labconfig", "page_config.json");
    assert.equal(disabledExtensions["@jupyterlab/apputils-extension:announcements"], true);
    const { jupyterlab } = read("share", "jupyter", "labextensions", "atelier-reruns", "package.json");
    assert.equal(jupyterlab._build.load, "static/remoteEntry.js");
    const settings = read("share", "jupyter", "lab", "settings", "overrides.json");
    assert.deepEqual(settings, {
      "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
      "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true },
    });
  },
);
