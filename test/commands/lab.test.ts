import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { pythonOf } from "../../lib/python/pythonEnvironment";
import { newFakePython, skip, withPath } from "../python/fakePython";
import { code } from "../runner/samples";
import { newProject } from "./project";

const project = newProject();
const fake = newFakePython();
after(() => {
  project.remove();
  fake.remove();
});
project.writeNotebook("notebooks/01-first.ipynb", [code("1 + 1")]);

/** Runs `npm run lab` in a project with the stand-in for Python; `hear` as for a project's run. */
const lab = (args: string[] = [], onMessage?: Parameters<typeof project.run>[1]) =>
  withPath([fake.folder], () => project.run(["lab", ...args], onMessage));
const marker = join(project.folder, "data", "downloads", "python", "lab", "made-of.json");
const offer = "`npm start` runs the lessons without Python.";

test("lab says what is missing, offers npm start, and ends with 1", { skip }, async () => {
  fake.become({ version: [3, 7, 3] });
  const { code, stdout, stderr } = await lab();
  assert.deepEqual([code, stdout], [1, ""]);
  const old = `Python 3.7.3 (${join(fake.folder, "python3")}) is too old; install Python 3.10 or newer`;
  assert.equal(stderr, `${old}. ${offer}\n`);
});

test("lab says so where packages cannot be fetched", { skip }, async () => {
  fake.become({ pip: "fail" });
  const { code, stderr } = await lab();
  assert.equal(code, 1);
  const failed =
    "The packages of data/downloads/python/lab could not be installed, for which the network is needed once";
  assert.equal(stderr, `${failed}; see the messages above, then run the same command again. ${offer}\n`);
});

test(
  "lab that was cut off while it installed begins again, opens the first lesson, ends at Ctrl-C",
  { skip },
  async () => {
    fake.become({ pip: "hang" });
    const cut = await lab([], (stdout, kill) => stdout.includes("Installing packages") && kill("SIGINT"));
    assert.notEqual(cut.code, 0);
    assert.ok(!existsSync(marker));
    fake.become({});
    const ended = await lab([], (stdout, kill) => stdout.includes("a fake JupyterLab") && kill("SIGINT"));
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /^JupyterLab opens notebooks\/01-first\.ipynb; Ctrl-C ends it and its kernels\.$/m);
    assert.ok(existsSync(marker));
    const [last] = fake.calls().slice(-1);
    assert.match(last, /^jupyterlab .*--LabApp.default_url=\/lab\/tree\/notebooks\/01-first.ipynb/);
  },
);

test("lab makes nothing anew the second time", { skip }, async () => {
  rmSync(join(fake.folder, "calls"));
  const ended = await lab(["--no-browser"], (stdout, kill) => stdout.includes("a fake JupyterLab") && kill("SIGTERM"));
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(
    fake.calls().map((call) => call.split(" ")[0]),
    ["jupyterlab"],
  );
});

test("lab --into installs kernel, extension and defaults into a Python environment, and refuses another folder", async () => {
  const environment = join(project.folder, "own environment");
  const refused = await project.run(["lab", "--into", environment]);
  const python = pythonOf(environment);
  const name = relative(environment, python);
  assert.deepEqual([refused.code, refused.stderr], [2, `--into is "${environment}", which has no ${name}; give a Python environment\n`]); // prettier-ignore
  mkdirSync(dirname(python), { recursive: true });
  writeFileSync(python, "");
  const { code, stdout, stderr } = await project.run(["lab", "--into", environment]);
  assert.deepEqual([code, stdout, stderr], [0, `Installed the kernel, the extension and the lab's defaults in ${environment}.\n`, ""]); // prettier-ignore
  const read = (...names: string[]) => JSON.parse(readFileSync(join(environment, ...names), "utf8"));
  const { argv } = read("share", "jupyter", "kernels", "tslab", "kernel.json");
  assert.ok(argv.includes(join(project.folder, "lib", "kernel", "launch.js")), argv.join(" "));
  const settings = read("share", "jupyter", "lab", "settings", "overrides.json");
  assert.equal(settings["@jupyter-widgets/jupyterlab-manager:plugin"].saveState, true);
  const { disabledExtensions } = read("etc", "jupyter", "labconfig", "page_config.json");
  assert.equal(disabledExtensions["@jupyterlab/apputils-extension:announcements"], true);
  assert.equal(readdirSync(join(environment, "share", "jupyter", "labextensions")).length, 1);
});
