import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { folderStore } from "../../../../lib/sweep/engines/bullmq/folderStore";
import { checkPlace, markPlace } from "../../../../lib/sweep/engines/bullmq/openStore";
import { s3Store } from "../../../../lib/sweep/engines/bullmq/s3Store";
import { shareCheckpoints } from "../../../../lib/sweep/engines/bullmq/shareCheckpoints";
import { newFolder } from "../../samples";
import { type S3Server, startS3 } from "./s3Server";

let server: S3Server;
before(async () => (server = await startS3()));
after(() => server.close());

test("s3Store() writes, reads and removes files below a bucket's prefix", async () => {
  const store = s3Store("s3://rows/own", server.variables);
  await store.write("a/b.txt", "text");
  assert.deepEqual([...server.files.keys()], ["/rows/own/a/b.txt"]);
  assert.equal((await store.read("a/b.txt"))?.toString(), "text");
  await store.remove("a/b.txt");
  assert.equal(await store.read("a/b.txt"), undefined);
  await checkPlace(store, await markPlace(store));
});

test("sweeps that mark a new place at once get the same mark, which stays", async () => {
  const { folder, remove } = newFolder();
  for (let round = 0; round < 20; round++)
    for (const place of [join(folder, `${round}`), `s3://rows/${round}`]) {
      const stores = Array.from({ length: 8 }, () =>
        place.startsWith("s3:") ? s3Store(place, server.variables) : folderStore(place),
      );
      const marks = await Promise.all(stores.map(markPlace));
      assert.equal(new Set(marks).size, 1, place);
      await checkPlace(stores[0], marks[0]);
    }
  assert.deepEqual(readdirSync(join(folder, "0")), ["place.txt"]);
  remove();
});

test("s3Store() refuses in one line: no key, a wrong one, no such bucket, another address, no server", async () => {
  const { variables } = server;
  const refusals: [place: string, variables: Record<string, string>, message: string][] = [
    ["s3://rows", {}, "s3://rows needs a key; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
    ["s3://rows/x y", variables, 'The place for results is "s3://rows/x y"; give s3://bucket/prefix, of letters, digits, dots, dashes and underscores'], // prettier-ignore
    ["s3://rows", { ...variables, AWS_ACCESS_KEY_ID: "x" }, "s3://rows refuses GET a: 403 InvalidAccessKeyId"],
    ["s3://none", variables, "s3://none refuses GET a: 404 NoSuchBucket"],
    ["s3://rows", { ...variables, AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "s3://rows cannot be reached (bad port)"], // prettier-ignore
  ];
  for (const [place, own, message] of refusals)
    await assert.rejects(async () => s3Store(place, own).read("a"), { name: "RangeError", message });
});

test("shareCheckpoints() brings a row's checkpoints to a place and from there to the next machine", async () => {
  const { folder, remove } = newFolder();
  const store = s3Store("s3://rows/checkpoints", server.variables);
  const [here, there] = [join(folder, "here"), join(folder, "there")];
  const first = await shareCheckpoints(store, "a1", here);
  mkdirSync(join(here, "cnn"), { recursive: true });
  for (const name of ["epoch-001", "epoch-002", ".draft"]) writeFileSync(join(here, "cnn", name), name);
  await first.stop({ isOurs: true });
  const second = await shareCheckpoints(store, "a1", there);
  assert.equal(readFileSync(join(there, "cnn", "epoch-002"), "utf8"), "epoch-002");
  assert.ok(!existsSync(join(there, "cnn", ".draft")));
  writeFileSync(join(there, "cnn", "epoch-003"), "late");
  await second.stop({ isOurs: false });
  assert.deepEqual(JSON.parse((await store.read("models/a1/files.json"))!.toString()), ["cnn/epoch-001", "cnn/epoch-002"]); // prettier-ignore
  await second.remove();
  assert.deepEqual([...server.files.keys()].filter((name) => name.includes("checkpoints")), []); // prettier-ignore
  remove();
});
