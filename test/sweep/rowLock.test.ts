import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { rowHolder, takeRow } from "../../lib/sweep/rowLock";
import { newFolder } from "./samples";

const { folder, remove } = newFolder();
after(remove);
const row = (name: string) => join(folder, name);

test("takeRow() gives a row to one alone, until it is released", () => {
  const lock = takeRow(row("one"));
  assert.ok(lock);
  assert.equal(rowHolder(row("one"))?.pid, process.pid);
  assert.equal(takeRow(row("one")), undefined);
  lock.release();
  assert.equal(rowHolder(row("one")), undefined);
  assert.deepEqual(readdirSync(row("one")), []);
  takeRow(row("one"))!.release();
});

test("takeRow() leaves a row to a process that shares it until that one ends, then takes it over", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  await once(child, "spawn");
  const lock = takeRow(row("shared"));
  lock!.share(child.pid!);
  const [own] = readdirSync(row("shared")).filter((name) => name.startsWith(`${process.pid}-`));
  writeFileSync(join(row("shared"), own), "{}"); // as if we had died
  assert.equal(takeRow(row("shared")), undefined);
  assert.equal(rowHolder(row("shared"))?.pid, child.pid);
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const next = takeRow(row("shared"));
  assert.ok(next);
  assert.equal(readdirSync(row("shared")).length, 1);
  next.release();
});

test("takeRow() takes over from a process whose number another one has now, and not from another machine", () => {
  takeRow(row("other"))!;
  const [name] = readdirSync(row("other"));
  const file = join(row("other"), name);
  const holder = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual([holder.pid, holder.host], [process.pid, hostname()]);
  if (process.platform === "linux") {
    writeFileSync(file, JSON.stringify({ ...holder, started: "1" }));
    takeRow(row("other"))!.release();
    assert.deepEqual(readdirSync(row("other")), []);
  }
  writeFileSync(file, JSON.stringify({ ...holder, host: "elsewhere" }));
  assert.equal(takeRow(row("other")), undefined);
  assert.equal(rowHolder(row("other"))?.host, "elsewhere");
});
