import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { type FolderHolder, takeFolder } from "../../lib/lock/folderLock";
import { waitForFolder } from "../../lib/lock/waitForFolder";
import { newFolder } from "../sweep/samples";

const { folder, remove } = newFolder();
after(remove);

test("waitForFolder() takes a free folder at once and says nothing", async () => {
  const onWait = () => assert.fail("nobody holds it");
  const lock = await waitForFolder(join(folder, "free"), { isOver: () => false, onWait });
  assert.ok(lock);
  lock.release();
});

test("waitForFolder() says once who holds a folder, and takes it when it is given up", async () => {
  const held = takeFolder(join(folder, "held"))!;
  const holders: FolderHolder[] = [];
  let looks = 0;
  const isOver = () => {
    if (++looks === 4) held.release();
    return false;
  };
  const onWait = (holder: FolderHolder) => void holders.push(holder);
  const lock = await waitForFolder(join(folder, "held"), { isOver, onWait, look: 0.01 });
  assert.deepEqual([holders.map(({ pid }) => pid), looks], [[process.pid], 4]);
  lock!.release();
});

test("waitForFolder() waits no longer than it is told to", async () => {
  const held = takeFolder(join(folder, "long"))!;
  let looks = 0;
  const isOver = () => ++looks > 3;
  assert.equal(await waitForFolder(join(folder, "long"), { isOver, onWait: () => {}, look: 0.01 }), undefined);
  held.release();
});
