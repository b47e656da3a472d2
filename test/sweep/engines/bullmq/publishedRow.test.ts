import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { replaceFile } from "../../../../lib/files";
import { folderStore } from "../../../../lib/sweep/engines/bullmq/folderStore";
import { checkPlace, markPlace, openStore } from "../../../../lib/sweep/engines/bullmq/openStore";
import { collectRow, forgetRowEnd, publishRow, readRowEnd } from "../../../../lib/sweep/engines/bullmq/publishedRow";
import { newFolder } from "../../samples";

test("publishRow() brings a row's files to a place, how it ended last; collectRow() brings them back", async () => {
  const { folder, remove } = newFolder();
  const written: string[] = [];
  const store = folderStore(join(folder, "place"));
  const seen = { ...store, write: (name: string, content: Uint8Array | string) => (written.push(name), store.write(name, content)) }; // prettier-ignore
  for (const name of ["report.json", "log.txt", "7.lock", ".draft"]) replaceFile(join(folder, "own", name), name);
  const end = { status: "ok", how: 0, seconds: 1.5, worker: "pc1" } as const;
  await publishRow(seen, { id: "a1", folder: join(folder, "own") }, end);
  assert.deepEqual(written, ["rows/a1/log.txt", "rows/a1/report.json", "rows/a1/end.json"]);
  const found = await readRowEnd(store, "a1");
  assert.deepEqual(found, { ...end, files: ["log.txt", "report.json"] });
  await collectRow(store, { id: "a1", folder: join(folder, "here") }, found);
  assert.equal(readFileSync(join(folder, "here", "log.txt"), "utf8"), "log.txt");
  const odd = { ...found, files: ["../up.txt", "log.txt"] };
  await collectRow(store, { id: "a1", folder: join(folder, "there", "below") }, odd);
  assert.ok(!existsSync(join(folder, "there", "up.txt")));
  rmSync(join(folder, "place", "rows", "a1", "log.txt"));
  await assert.rejects(collectRow(store, { id: "a1", folder: join(folder, "here") }, found), {
    message: `${join(folder, "place")} has lost log.txt of the row a1; run it again with --fresh`,
  });
  await forgetRowEnd(store, "a1");
  assert.equal(await readRowEnd(store, "a1"), undefined);
  writeFileSync(join(folder, "place", "rows", "a1", "end.json"), '{"status":');
  assert.equal(await readRowEnd(store, "a1"), undefined);
  remove();
});

test("a place is known again by its mark; a folder of the same name without it is refused", async () => {
  const { folder, remove } = newFolder();
  const store = await openStore(folder);
  const mark = await markPlace(store);
  assert.equal(await markPlace(store), mark);
  await checkPlace(store, mark);
  const why = (what: string, place: string) => ({
    message: `The sweep's place for results, ${place}, ${what}; share it with this machine, or give its path here as --results`,
  });
  await assert.rejects(checkPlace(store, "other"), why("is another one here", folder));
  const none = join(folder, "none");
  await assert.rejects(checkPlace(await openStore(none), mark), why("is not here", none));
  assert.ok(!existsSync(none));
  await assert.rejects(openStore("ftp://pc1"), {
    message: 'The place for results is "ftp://pc1"; give a folder, or s3://bucket/prefix',
  });
  remove();
});
