import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { labCommand } from "../../lib/lab/labCommand";

const root = join("/", "home", "ada", "atelier");
const start = { root, file: join(root, "notebooks", "01 a&b.ipynb"), home: join(root, "data", "jupyter") };

test("labCommand() starts JupyterLab on loopback, with the lesson and this kernel alone", () => {
  const { program, args } = labCommand("python", start);
  assert.equal(program, "python");
  assert.deepEqual(args.slice(0, 2), ["-m", "jupyterlab"]);
  for (const wanted of [
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${root}`,
    "--ServerApp.open_browser=True",
    "--LabApp.default_url=/lab/tree/notebooks/01%20a%26b.ipynb",
    "--KernelSpecManager.allowed_kernelspecs=tslab",
  ])
    assert.ok(args.includes(wanted), wanted);
  const words = args.join(" ");
  assert.doesNotMatch(words, /token|password|port/i); // Jupyter makes a token by itself and looks for a free port
});

test("labCommand() takes a port, which is then the only one, and opens no browser where none is wanted", () => {
  const { args } = labCommand("python", { ...start, port: 9000, browser: false });
  for (const wanted of ["--ServerApp.port=9000", "--ServerApp.port_retries=0", "--ServerApp.open_browser=False"])
    assert.ok(args.includes(wanted), wanted);
});

test("labCommand() keeps away from the user's own Jupyter and Python settings", () => {
  const { env } = labCommand("python", start);
  for (const name of ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"])
    assert.ok(env[name]?.startsWith(start.home), name);
  for (const name of ["JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "PYTHONPATH", "PYTHONHOME"]) assert.equal(env[name], "");
});
