import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { decompress } from "../../lib/data/decompress";
import { randomBytes } from "./samples";

const content = randomBytes(1000);
const packed = gzipSync(content);

test("decompress() unpacks gzip and leaves other bytes as they are", () => {
  assert.deepEqual(decompress(packed), content);
  assert.equal(decompress(content), content);
  assert.equal(decompress(new Uint8Array(0)).length, 0);
});

test("decompress() joins gzip members that follow one another", () => {
  const members = Buffer.concat([gzipSync(content.subarray(0, 300)), gzipSync(content.subarray(300))]);
  assert.deepEqual(decompress(members), content);
});

test("decompress() refuses a gzip bomb without unpacking it", () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
  const before = process.memoryUsage().arrayBuffers;
  assert.throws(() => decompress(bomb, { maxBytes: 1_000_000 }), {
    name: "RangeError",
    message:
      "decompress(): got a gzip stream that unpacks to more, wanted at most 1000000 bytes; raise maxBytes if the file is to be that large",
  });
  assert.ok(process.memoryUsage().arrayBuffers - before < 16e6);
  assert.throws(() => decompress(bomb), { name: "RangeError", message: /wanted at most 134217728 bytes/ });
});

test("decompress() takes exactly maxBytes and not one more, packed or plain", () => {
  assert.equal(decompress(packed, { maxBytes: 1000 }).length, 1000);
  for (const bytes of [packed, content])
    assert.throws(() => decompress(bytes, { maxBytes: 999 }), { name: "RangeError", message: /wanted at most 999/ });
});

test("decompress() refuses damaged gzip streams and bytes after the end", () => {
  const flipped = Buffer.from(packed);
  flipped[packed.length - 6] ^= 1;
  for (const bytes of [packed.subarray(0, 500), packed.subarray(0, 2), flipped, Buffer.concat([packed, content])])
    assert.throws(() => decompress(bytes), {
      name: "SyntaxError",
      message: new RegExp(
        `^decompress\\(\\): got a damaged gzip stream of ${bytes.length} bytes \\(.+\\), wanted a whole .gz file; get it again$`,
      ),
    });
  assert.throws(() => decompress(Buffer.concat([packed, Buffer.alloc(9)])), {
    name: "SyntaxError",
    message: "decompress(): got 9 bytes after the end of the gzip stream, wanted none; get the file again",
  });
});
