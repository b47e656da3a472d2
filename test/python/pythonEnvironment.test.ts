import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";
import { PythonError } from "../../lib/python/pythonError";
import { newFakePython, skip, withPath } from "./fakePython";

const fake = newFakePython();
after(() => fake.remove());
beforeEach(() => {
  rmSync(join(fake.folder, "calls"), { force: true });
  fake.become({});
});
const told: string[] = [];

/** Makes an environment of one package with the stand-in. */
const make = (name: string, version = "1.0") =>
  withPath([fake.folder], () =>
    pythonEnvironment(name, { installs: [["wheel"], [`thing==${version}`]] }, { root: fake.folder, log: say }),
  );
const say = (line: string) => void told.push(line);

test("pythonEnvironment() makes an environment once, a line for each step", { skip }, () => {
  told.length = 0;
  const python = make("once");
  assert.equal(python, join(fake.folder, "once", "bin", "python"));
  const calls = [`venv ${join(fake.folder, "once")}`, "pip install wheel", "pip install thing==1.0"];
  assert.deepEqual(fake.calls(), calls);
  assert.equal(make("once"), python);
  assert.deepEqual(fake.calls(), calls);
  const folder = join(fake.folder, "once");
  const step = "Installing packages into it, from the Python Package Index …";
  const begin = `Making the Python environment ${folder} (once) with ${join(fake.folder, "python3")} …`;
  assert.deepEqual(told, [begin, step, step]);
});

test("pythonEnvironment() makes it anew for other packages, and where its Python has gone", { skip }, () => {
  make("renewed");
  writeFileSync(join(fake.folder, "renewed", "old"), "");
  make("renewed", "2.0");
  assert.ok(!existsSync(join(fake.folder, "renewed", "old")));
  assert.equal(fake.calls().at(-1), "pip install thing==2.0");
  rmSync(join(fake.folder, "renewed", "bin", "python"));
  make("renewed", "2.0");
  assert.equal(fake.calls().length, 9);
});

test("pythonEnvironment() says what failed, and begins again next time", { skip }, () => {
  fake.become({ pip: "fail" });
  const folder = join(fake.folder, "healed");
  const failed = `The packages of ${folder} could not be installed, for which the network is needed once; see the messages above, then run the same command again`;
  assert.throws(
    () => make("healed"),
    (error: PythonError) => {
      assert.ok(error instanceof PythonError);
      assert.equal(error.message, failed);
      assert.match(String(error.cause), /pip install wheel ended with code 3/);
      return true;
    },
  );
  writeFileSync(join(folder, "half"), "");
  fake.become({});
  make("healed");
  assert.ok(!existsSync(join(folder, "half")));
  assert.ok(existsSync(join(folder, "made-of.json")));
});
