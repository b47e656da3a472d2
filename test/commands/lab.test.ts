import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
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
