import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { test } from "node:test";
import { encodePNG, toDataURI } from "../../lib/chart/png";

/** A naive reader of the one kind of PNG we write: 8-bit grey, filters 0 and 2. */
function decode(png: Buffer): { width: number; height: number; grey: number[] } {
  assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  assert.deepEqual([...chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  const header = chunks.get("IHDR") as Buffer;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  assert.deepEqual([...header.subarray(8)], [8, 0, 0, 0, 0]);
  const lines = inflateSync(chunks.get("IDAT") as Buffer);
  const grey: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const above = lines[y * (width + 1)] === 2 ? grey[grey.length - width] : 0;
      grey.push((lines[y * (width + 1) + 1 + x] + above) % 256);
    }
  return { width, height, grey };
}

test("encodePNG() keeps every level", () => {
  const grey = Uint8Array.from({ length: 256 }, (_, level) => level);
  assert.deepEqual(decode(encodePNG(grey, 32)), { width: 32, height: 8, grey: [...grey] });
});

test("encodePNG() with scale repeats each pixel", () => {
  assert.throws(() => encodePNG(Uint8Array.of(1), 1, { scale: 1.5 }), {
    name: "RangeError",
    message: "encodePNG(): scale 1.5 is not an integer of 1 or more",
  });
  const { width, height, grey } = decode(encodePNG(Uint8Array.of(1, 2, 3, 4), 2, { scale: 2 }));
  assert.deepEqual([width, height], [4, 4]);
  assert.deepEqual(grey, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test("encodePNG() ends in the end chunk and check sum every PNG ends in", () => {
  assert.equal(encodePNG(Uint8Array.of(0), 1).subarray(-12).toString("hex"), "0000000049454e44ae426082");
});

test("encodePNG() refuses levels that do not fill their rows", () => {
  const message = "encodePNG(): 5 levels do not fill rows of 2; give height x width levels";
  assert.throws(() => encodePNG(new Uint8Array(5), 2), { name: "TypeError", message });
});

test("toDataURI() gives an address a browser reads back", () => {
  const png = encodePNG(Uint8Array.of(7), 1);
  const uri = toDataURI(png);
  assert.match(uri, /^data:image\/png;base64,/);
  assert.deepEqual(Buffer.from(uri.split(",")[1], "base64"), png);
});

test("encodePNG() writes red, green and blue, also enlarged", () => {
  const colours = Uint8Array.of(1, 2, 3, 4, 5, 6); // two pixels side by side
  const [small, large] = [1, 2].map((scale) => encodePNG(colours, 2, { channels: 3, scale }));
  const linesOf = (png: Buffer) => [...inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)))];
  assert.deepEqual([small[25], large.readUInt32BE(16), large.readUInt32BE(20)], [2, 4, 2]);
  assert.deepEqual(linesOf(small), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(linesOf(large), [0, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 2, ...new Array(12).fill(0)]);
  assert.throws(() => encodePNG(colours, 4, { channels: 3 }), { name: "TypeError" });
});
