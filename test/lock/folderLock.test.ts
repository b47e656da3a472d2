import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { folderHolder, takeFolder } from "../../lib/lock/folderLock";
import { pause } from "../../lib/runner/within";
import { newFolder } from "../sweep/samples";

const { folder, remove } = newFolder();
after(remove);
const at = (name: string) => join(folder, name);

test("takeFolder() gives a folder to one alone, until it is released", () => {
  const lock = takeFolder(at("one"));
  assert.ok(lock);
  assert.equal(folderHolder(at("one"))?.pid, process.pid);
  assert.equal(takeFolder(at("one")), undefined);
  lock.release();
  assert.equal(folderHolder(at("one")), undefined);
  assert.deepEqual(readdirSync(at("one")), []);
  takeFolder(at("one"))!.release();
});

test("takeFolder() leaves a folder to a process that shares it until that one ends, then takes it over", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  await once(child, "spawn");
  const lock = takeFolder(at("shared"));
  lock!.share(child.pid!);
  const [own] = readdirSync(at("shared")).filter((name) => name.startsWith(`${process.pid}-`));
  writeFileSync(join(at("shared"), own), "{}"); // as if we had died
  assert.equal(takeFolder(at("shared")), undefined);
  assert.equal(folderHolder(at("shared"))?.pid, child.pid);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const next = takeFolder(at("shared"));
  assert.ok(next);
  assert.equal(readdirSync(at("shared")).length, 1);
  next.release();
});

test("takeFolder() takes over from a process whose number another one has now, and from another machine only where that is silent", () => {
  takeFolder(at("other"))!;
  const [name] = readdirSync(at("other"));
  const file = join(at("other"), name);
  const holder = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual([holder.pid, holder.host], [process.pid, hostname()]);
  if (process.platform === "linux") {
    writeFileSync(file, JSON.stringify({ ...holder, started: "1" }));
    takeFolder(at("other"))!.release();
    assert.deepEqual(readdirSync(at("other")), []);
  }
  writeFileSync(file, JSON.stringify({ ...holder, host: "elsewhere" }));
  assert.equal(takeFolder(at("other")), undefined);
  assert.equal(folderHolder(at("other"))?.host, "elsewhere");
  age(file, 90);
  assert.equal(takeFolder(at("other")), undefined);
  age(file, 150);
  assert.equal(folderHolder(at("other")), undefined);
  takeFolder(at("other"))!.release();
  assert.deepEqual(readdirSync(at("other")), []);
});

test("takeFolder() gives signs of life while the folder is held, and none for a file that was taken away", async () => {
  const lock = takeFolder(at("beating"), { beat: 0.05 })!;
  lock.share(process.ppid);
  const files = readdirSync(at("beating")).map((name) => join(at("beating"), name));
  const [first, second] = files.map((file) => readFileSync(file, "utf8"));
  files.forEach((file) => age(file, 1000));
  await pause(0.2);
  for (const file of files) assert.ok(Date.now() - statSync(file).mtimeMs < 5000);
  assert.deepEqual(files.map((file) => readFileSync(file, "utf8")), [first, second]); // prettier-ignore
  rmSync(files[0]);
  await pause(0.2);
  assert.equal(existsSync(files[0]), false);
  lock.release();
  await pause(0.2);
  assert.deepEqual(readdirSync(at("beating")), []);
});

/** Makes a file seem so many seconds old. */
function age(file: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(file, then, then);
}
