import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { describe, test } from "node:test";
import sharp from "sharp";
import { decodePhoto } from "../../lib/demo/photo/decodePhoto";

const red = { r: 200, g: 30, b: 20 };
const blank = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: red } });

/** A red picture, its upper half white. */
const twoHalves = (format: "png" | "jpeg" | "webp" | "gif", orientation?: number) => {
  const upper = {
    input: { create: { width: 40, height: 30, channels: 3 as const, background: "#fff" } },
    left: 0,
    top: 0,
  };
  const made = blank(40, 60).composite([upper]).toFormat(format);
  return (orientation ? made.withMetadata({ orientation }) : made).toBuffer();
};

const at = ({ width, rgb }: { width: number; rgb: Uint8Array }, x: number, y: number) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]; // prettier-ignore
const near = (found: number[], wanted: number[]) =>
  assert.ok(found.every((level, i) => Math.abs(level - wanted[i]) <= 12), `${found} is not ${wanted}`); // prettier-ignore

describe("decodePhoto()", () => {
  test("reads four formats alike", async () => {
    for (const format of ["png", "jpeg", "webp", "gif"] as const) {
      const photo = await decodePhoto(await twoHalves(format));
      assert.deepEqual([photo.width, photo.height, photo.rgb.length], [40, 60, 7200]);
      near(at(photo, 20, 5), [255, 255, 255]);
      near(at(photo, 20, 55), [200, 30, 20]);
    }
  });

  test("turns a photo as its camera was held", async () => {
    const turned = await decodePhoto(await twoHalves("jpeg", 6));
    assert.deepEqual([turned.width, turned.height], [60, 40]);
    near(at(turned, 55, 20), [255, 255, 255]);
    near(at(turned, 5, 20), [200, 30, 20]);
  });

  test("puts what is see-through over white, makes grey ones coloured and large ones small", async () => {
    const glass = {
      create: { width: 10, height: 10, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0.25 } },
    };
    near(at(await decodePhoto(await sharp(glass).png().toBuffer()), 5, 5), [191, 191, 191]);
    const grey = await decodePhoto(await blank(8, 4).greyscale().png().toBuffer());
    assert.equal(grey.rgb.length, 8 * 4 * 3);
    const large = await decodePhoto(await blank(3000, 1500).jpeg().toBuffer());
    assert.deepEqual([large.width, large.height], [640, 320]);
  });

  test("takes the first picture of many", async () => {
    const frames = await Promise.all(["#fff", "#000", "#000"].map((background) => sharp({ create: { width: 9, height: 9, channels: 3, background } }).png().toBuffer())); // prettier-ignore
    const film = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const photo = await decodePhoto(film);
    assert.deepEqual([photo.width, photo.height], [9, 9]);
    near(at(photo, 4, 4), [255, 255, 255]);
  });

  const refused = async (bytes: Uint8Array, options = {}) =>
    decodePhoto(bytes, options).then(
      () => assert.fail("it was decoded"),
      ({ status, code, message }) => [status, code, message],
    );

  const WRONG = [415, "wrong_type", "This is no PNG, JPEG, WebP or GIF file; other kinds are not read."];
  const DAMAGED = [422, "damaged", "The picture cannot be decoded; the file is damaged or cut off."];

  test("refuses what is no picture of these kinds, whatever it is called", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    const files = [svg, "%PDF-1.7", "II*\0", "MM\0*", "\0\0\0\x18ftypheic", "BM", "hello", "\x89PNG", "<html>", "RIFF----AVI ", "P6 1 1 255 abc"]; // prettier-ignore
    for (const file of files) assert.deepEqual(await refused(Buffer.from(file, "latin1")), WRONG, file);
    assert.deepEqual(await refused(new Uint8Array()), [400, "empty", "The picture is an empty file."]);
    assert.deepEqual(await refused(await blank(9, 9).tiff().toBuffer()), WRONG);
    assert.deepEqual(await refused(await blank(9, 9).avif().toBuffer()), WRONG);
  });

  test("reads no other format that hides behind a picture's first bytes", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    for (const start of ["GIF89a", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0", "RIFF\x20\0\0\0WEBP"])
      assert.deepEqual(await refused(Buffer.from(start + svg, "latin1")), DAMAGED, start);
    await assert.rejects(sharp(Buffer.from(svg)).png().toBuffer(), /unsupported|blocked/i); // the reader itself is closed
    const behind = Buffer.concat([await twoHalves("png"), Buffer.from("PK\x03\x04<script>")]);
    assert.equal((await decodePhoto(behind)).width, 40); // what follows a picture is not looked at
  });

  test("refuses files that are cut off or damaged", async () => {
    const noise = { create: { width: 300, height: 300, channels: 3 as const, background: "#000", noise: { type: "gaussian" as const, mean: 128, sigma: 60 } } }; // prettier-ignore
    for (const format of ["png", "jpeg", "webp", "gif"] as const) {
      const whole = await sharp(noise).toFormat(format).toBuffer();
      assert.deepEqual(await refused(whole.subarray(0, whole.length / 2)), DAMAGED, format);
      assert.deepEqual(await refused(whole.subarray(0, 20)), DAMAGED, format);
    }
  });

  test("refuses more pixels than it may, before it makes room for them", async () => {
    const many = [413, "too_many_pixels", "The picture has too many pixels; at most 40 million are read."];
    assert.deepEqual(await refused(bomb(60_000, 60_000)), many);
    assert.deepEqual(await refused(gifBomb(65_535, 65_535)), many);
    assert.deepEqual(await refused(await blank(50, 50).png().toBuffer(), { pixels: 2000 }), [413, "too_many_pixels", "The picture has too many pixels; at most 0.002 million are read."]); // prettier-ignore
  });

  test("refuses a picture of which more must be held at once than its pixels should take", async () => {
    const noise = { create: { width: 100, height: 100, channels: 3 as const, background: "#000", noise: { type: "gaussian" as const, mean: 128, sigma: 60 } } }; // prettier-ignore
    const deep = (progressive: boolean) => sharp(noise).toColourspace("rgb16").png({ progressive }).toBuffer();
    const message =
      "The picture is interlaced, so all of it is decoded at once: that takes 0.06 MB, at most 0.048 are given; save it without interlacing.";
    assert.deepEqual(await refused(await deep(true), { pixels: 12_000 }), [413, "too_many_pixels", message]);
    for (const [progressive, pixels] of [[false, 12_000], [true, 15_000]] as const)
      assert.equal((await decodePhoto(await deep(progressive), { pixels })).width, 100); // prettier-ignore
  });
});

/** A PNG file that says it is enormous; a few thousand zeros stand for rows of it. */
function bomb(width: number, height: number): Buffer {
  const crc = (bytes: Buffer) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  };
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    framed.set(body, 4);
    framed.writeUInt32BE(crc(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = deflateSync(Buffer.alloc(3 * width * 100));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]); // prettier-ignore
}

/** A GIF file that says the same. */
function gifBomb(width: number, height: number): Buffer {
  const file = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\0\0\0\0\0\x02\x02D\x01\0;", "latin1");
  for (const place of [6, 24]) {
    file.writeUInt16LE(width, place);
    file.writeUInt16LE(height, place + 2);
  }
  return file;
}
