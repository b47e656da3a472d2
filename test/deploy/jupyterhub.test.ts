import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/files";

const deployed = join(projectRoot, "deploy", "jupyterhub");
const skip = process.platform === "win32" && "JupyterHub runs on no Windows";

test(
  "start-user.sh gives a person copies of the lessons, keeps those that are there, and starts the server",
  { skip },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "atelier-hub-"));
    try {
      const [home, programs] = ["home of a person", "programs"].map((name) => join(folder, name));
      [join(home, "lessons"), programs].forEach((name) => mkdirSync(name, { recursive: true }));
      const server = join(programs, "jupyterhub-singleuser"); // stands for JupyterHub's
      writeFileSync(server, '#!/bin/sh\necho "$@ $ATELIER_MODELS"\n');
      chmodSync(server, 0o755);
      writeFileSync(join(home, "lessons", "00-start-here.ipynb"), "my own");
      const PATH = [programs, process.env.PATH].join(delimiter);
      const env = { ...process.env, ATELIER_MODELS: undefined, HOME: home, PATH, ATELIER_PROJECT: projectRoot };
      const { stdout, stderr } = spawnSync(join(deployed, "start-user.sh"), ["--port=1"], { encoding: "utf8", env });
      assert.deepEqual([stdout, stderr], [`--port=1 ${home}/.local/share/atelier/models\n`, ""]);
      const lessons = readdirSync(join(projectRoot, "notebooks")).filter((name) => name.endsWith(".ipynb"));
      assert.deepEqual(readdirSync(join(home, "lessons")).sort(), lessons.sort());
      assert.deepEqual(readdirSync(join(home, ".jupyter", "custom")), readdirSync(join(projectRoot, "lib", "lab", "custom"))); // prettier-ignore
      const [first, second] = lessons.map((name) => readFileSync(join(home, "lessons", name), "utf8"));
      assert.equal(first, "my own");
      assert.equal(second, readFileSync(join(projectRoot, "notebooks", lessons[1]), "utf8"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("the deployed files name what is there", () => {
  const textOf = (name: string) => readFileSync(join(deployed, name), "utf8");
  for (const name of ["jupyterhub_config.py", "Containerfile", "values.yaml"])
    assert.match(textOf(name), /start-user\.sh/, name);
  assert.match(textOf("Containerfile"), /-r lib\/lab\/requirements\.txt -r deploy\/jupyterhub\/requirements\.txt/);
  const pinned = /^[A-Za-z][\w.-]*==[\d.]+$/;
  for (const line of textOf("requirements.txt")
    .split("\n")
    .filter((one) => one && !one.startsWith("#")))
    assert.match(line, pinned);
});
