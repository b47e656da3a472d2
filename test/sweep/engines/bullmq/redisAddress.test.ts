import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readRedisAddress } from "../../../../lib/sweep/engines/bullmq/redisAddress";
import { newFolder } from "../../samples";

test("readRedisAddress() reads host, port, database, user and password, and shows no password", () => {
  const read = (text: string) => {
    const { options, shown, isLoopback } = readRedisAddress(text);
    return [options, shown, isLoopback];
  };
  assert.deepEqual(read("redis://"), [{ host: "127.0.0.1", port: 6379, db: 0 }, "redis://127.0.0.1:6379", true]);
  assert.deepEqual(read("redis://:p%40ss@pc1:7000/3"), [
    { host: "pc1", port: 7000, db: 3, password: "p@ss" },
    "redis://pc1:7000/3",
    false,
  ]);
  const [options, ...rest] = read("redis://anna:word@[::1]");
  assert.deepEqual(options, { host: "::1", port: 6379, db: 0, username: "anna", password: "word" });
  assert.deepEqual(rest, ["redis://[::1]:6379", true]);
});

test("readRedisAddress() reads an address over TLS, with the certificate that signs the server's", () => {
  const { folder, remove } = newFolder();
  const file = join(folder, "ca.pem");
  writeFileSync(file, "certificate");
  const { options, shown } = readRedisAddress(`rediss://pc1/?ca=${file}`);
  assert.deepEqual(options.tls, { servername: "pc1", ca: Buffer.from("certificate") });
  assert.equal(shown, "rediss://pc1:6379");
  remove();
});

test("readRedisAddress() refuses other texts in one line without the password", () => {
  const wanted = "give redis://[user:password@]host[:port][/database], or rediss:// with ?ca=FILE";
  const refusals: [text: string, shown: string, why: string][] = [
    ["pc1", "pc1", "it is no address"],
    ["http://:secret@pc1", "http://…@pc1", "it is of another kind"],
    ["redis://:sec@ret@pc1:port", "redis://…@pc1:port", "it is no address"],
    ["redis://pc1/first", "redis://pc1/first", 'the database is "first"; a number is wanted'],
    ["redis://pc1?ca=x", "redis://pc1?ca=x", 'it has the setting "ca"'],
    ["rediss://pc1?key=x", "rediss://pc1?key=x", 'it has the setting "key"'],
    ["rediss://pc1?ca=/no/file", "rediss://pc1?ca=/no/file", "the certificate /no/file cannot be read (ENOENT)"],
  ];
  for (const [text, shown, why] of refusals)
    assert.throws(() => readRedisAddress(text), new RangeError(`The Redis address "${shown}" cannot be used, ${why}; ${wanted}`)); // prettier-ignore
});
