import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findPython } from "../../lib/python/findPython";
import { PythonError } from "../../lib/python/pythonError";
import { newFakePython, skip } from "./fakePython";

const empty = mkdtempSync(join(tmpdir(), "atelier-no-python-"));
const fake = newFakePython();
after(() => {
  rmSync(empty, { recursive: true });
  fake.remove();
});
const python = join(fake.folder, "python3");
const find = () => findPython({ env: { PATH: [empty, fake.folder].join(":") } });

test("findPython() gives the Python of the PATH", { skip }, () => {
  assert.equal(find(), python);
});

test("findPython() says so where there is none", { skip }, () => {
  const none = new PythonError("There is no Python 3 here; install Python 3.10 or newer");
  assert.throws(() => findPython({ env: { PATH: empty } }), none);
});

test("findPython() refuses one that is too old, and says what is wanted", { skip }, () => {
  fake.become({ version: [3, 9, 18] });
  assert.throws(find, new PythonError(`Python 3.9.18 (${python}) is too old; install Python 3.10 or newer`));
});

test("findPython() refuses one that is newer than the packages, and says what is wanted", { skip }, () => {
  fake.become({ version: [3, 14, 0] });
  const cure = "is too new for the packages; install Python 3.10 to 3.13";
  const env = { PATH: fake.folder };
  assert.throws(() => findPython({ env, newest: [3, 13] }), new PythonError(`Python 3.14.0 (${python}) ${cure}`));
  fake.become({ version: [3, 13, 7] });
  assert.equal(findPython({ env, newest: [3, 13] }), python);
});

test("findPython() refuses one that cannot make environments, with the cure", { skip }, () => {
  fake.become({ missing: ["ensurepip"] });
  const cure = "install them (Debian and Ubuntu: apt install python3-venv)";
  assert.throws(find, new PythonError(`Python 3.12.1 (${python}) has no ensurepip; ${cure}`));
});

test("findPython() takes a newer one beside one that is too old", { skip }, () => {
  const newer = newFakePython();
  renameSync(join(newer.folder, "python3"), join(newer.folder, "python3.12"));
  fake.become({ version: [3, 8, 1] });
  const found = findPython({ env: { PATH: [fake.folder, newer.folder].join(":") } });
  newer.remove();
  assert.equal(found, join(newer.folder, "python3")); // as it calls itself
});
