import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { parseCsv } from "../../lib/data/csv";
import { loadFashionMnist } from "../../lib/data/fashionMnist";
import { parseIdx } from "../../lib/data/idx";
import { integer, pick, type Random, seededRandom } from "../../lib/random";
import { csvOf, idxOf, randomBytes, withFolder } from "./samples";

// Damaged files, two thousand of each kind. None may crash, hang or take memory: it is refused with a message of our
// own, or read into values that are in range and as many as its own header declares.

const CASES = 2000;
const MOST_MEMORY = 2e6;
const MOST_MILLISECONDS = 2000;

const at = (random: Random, bytes: Buffer) => integer(random, 0, bytes.length + 1);
const chunk = (random: Random, bytes: Buffer) =>
  bytes.subarray(...[at(random, bytes), at(random, bytes)].sort((a, b) => a - b));
const insert = (bytes: Buffer, place: number, more: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, place), more, bytes.subarray(place)]);

type Damage = (random: Random, bytes: Buffer) => Buffer;

const flipBits: Damage = (random, bytes) => {
  const flipped = Buffer.from(bytes);
  for (let i = integer(random, 1, 5); i > 0; i--)
    flipped[integer(random, 0, bytes.length)] ^= 1 << integer(random, 0, 8);
  return flipped;
};
const cutOff: Damage = (random, bytes) => bytes.subarray(0, at(random, bytes));
const cutOut: Damage = (random, bytes) => {
  const place = at(random, bytes);
  return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + integer(random, 1, 9))]);
};
const insertNoise: Damage = (random, bytes) =>
  insert(
    bytes,
    at(random, bytes),
    Uint8Array.from({ length: integer(random, 1, 9) }, () => integer(random, 0, 256)),
  );
const insertText: Damage = (random, bytes) =>
  insert(
    bytes,
    at(random, bytes),
    Buffer.from(pick(random, [",", "\n", '"', "\r", "-", "0", "256", "\ufeff", "pixel1"])),
  );
const repeatChunk: Damage = (random, bytes) => insert(bytes, at(random, bytes), chunk(random, bytes));
/** Changes a digit behind the header. */
const changeDigit: Damage = (random, bytes) => {
  const changed = Buffer.from(bytes);
  const place = integer(random, bytes.indexOf("\n") + 1, bytes.length - 1);
  if (changed[place] >= 0x30) changed[place] = 0x30 + integer(random, 0, 10);
  return changed;
};
const repeatLine: Damage = (random, bytes) => {
  const lines = bytes.toString("latin1").split("\n");
  lines.splice(integer(random, 0, lines.length), 0, pick(random, lines));
  return Buffer.from(lines.join("\n"), "latin1");
};
const editHeader: Damage = (random, bytes) => {
  const edited = Buffer.from(bytes);
  const huge = [0, 1, 2, 255, 256, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
  const places = [4, 8, 12].filter((place) => place + 4 <= bytes.length);
  for (let i = integer(random, 1, 4); i > 0; i--) edited.writeUInt32BE(pick(random, huge), pick(random, places));
  return edited;
};
const editMagic: Damage = (random, bytes) => {
  const edited = Buffer.from(bytes);
  edited[integer(random, 0, 4)] = pick(random, [0, 1, 2, 3, 4, 8, 9, 0x0b, 0x0c, 0x0d, 0x0e, 0x1f, 0x8b, 255]);
  return edited;
};
const anyway = [flipBits, cutOff, cutOut, insertNoise, repeatChunk];

const pictures = idxOf([5, 28, 28], randomBytes(5 * 784, 4));
const floats = idxOf([2, 3, 4], randomBytes(24 * 4), 0x0d);
const shorts = idxOf([300], randomBytes(600), 0x0b);
const csv = Buffer.from(csvOf(randomBytes(3 * 784), Uint8Array.of(9, 0, 3)));

/** Damages the content of a gzip file, and leaves it a sound gzip file. */
const inside =
  (damage: Damage): Damage =>
  (random, bytes) =>
    gzipSync(damage(random, gunzipSync(bytes)), { level: 1 });

/** Feeds damaged files to a parser; returns how many were read and how many refused. */
function survive(
  files: Buffer[],
  damages: Damage[],
  parse: (bytes: Buffer) => void,
): { read: number; refused: number } {
  const outcome = { read: 0, refused: 0 };
  for (let seed = 0; seed < CASES; seed++) {
    const random = seededRandom(seed);
    const damaged = pick(random, damages)(random, pick(random, files));
    const memory = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    try {
      parse(damaged);
      outcome.read++;
    } catch (error) {
      refusedProperly(error, seed);
      outcome.refused++;
    }
    assert.ok(performance.now() - start < MOST_MILLISECONDS, `seed ${seed} took ${performance.now() - start} ms`);
    const taken = process.memoryUsage().arrayBuffers - memory;
    assert.ok(taken < MOST_MEMORY, `seed ${seed} took ${taken} bytes`);
  }
  return outcome;
}

function refusedProperly(error: unknown, seed: number): void {
  const { name, message } = error as Error;
  assert.match(name, /^(SyntaxError|RangeError|TypeError)$/, `seed ${seed}: ${message}`);
  assert.match(
    message,
    /^(parseIdx|decompress|parseCsv|loadFashionMnist)\(\): .*(got|label) .+ wanted /s,
    `seed ${seed}`,
  );
}

function readIdx(bytes: Buffer): void {
  const { type, dimensions, values } = parseIdx(bytes);
  const content = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  assert.equal(type, content[2]);
  assert.equal(dimensions.length, content[3]);
  dimensions.forEach((dimension, i) => assert.equal(dimension, content.readUInt32BE(4 + 4 * i)));
  assert.equal(values.length, dimensions.includes(0) ? 0 : dimensions.reduce((a, b) => a * b));
  assert.equal(values.byteLength, content.length - 4 - 4 * dimensions.length);
}

test("parseIdx() survives damaged plain files", () => {
  const { read, refused } = survive([pictures, floats, shorts], [...anyway, editHeader, editMagic], readIdx);
  assert.ok(read > 200 && refused > 1000, `${read} read, ${refused} refused`);
});

test("parseIdx() survives damaged gzip files, and gzip files of damaged content", () => {
  const packed = [pictures, floats, shorts].map((file) => gzipSync(file));
  const members = Buffer.concat([gzipSync(pictures.subarray(0, 1000)), gzipSync(pictures.subarray(1000))]);
  const damages = [...anyway, ...[...anyway, editHeader, editMagic].map(inside)];
  const { read, refused } = survive([...packed, members], damages, readIdx);
  assert.ok(read > 100 && refused > 1000, `${read} read, ${refused} refused`);
});

/** What a CSV file says, read the simple way. */
function plainRows(bytes: Buffer): string[][] {
  const text = bytes
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .replace(/["\r]/g, "")
    .trimEnd();
  return text.split("\n").map((line) => line.split(","));
}

test("parseCsv() survives damaged files", () => {
  const { read, refused } = survive([csv], [...anyway, insertText, changeDigit, repeatLine], (bytes) => {
    const { images, labels, count } = parseCsv(bytes);
    const [header, ...rows] = plainRows(bytes);
    assert.equal(count, rows.length);
    assert.equal(images.length, count * 784);
    header.forEach((name, column) => {
      for (let row = 0; row < count; row++) {
        const value = name === "label" ? labels[row] : images[row * 784 + Number(name.slice(5)) - 1];
        assert.equal(value, Number(rows[row][column]));
      }
    });
  });
  assert.ok(read > 200 && refused > 1000, `${read} read, ${refused} refused`);
});

test("loadFashionMnist({ verify: false }) survives a folder with damaged files", async () => {
  const files = {
    "train-images-idx3-ubyte": pictures,
    "train-labels-idx1-ubyte": idxOf([5], [0, 1, 2, 3, 9]),
    "t10k-images-idx3-ubyte": pictures,
    "t10k-labels-idx1-ubyte": idxOf([5], [0, 1, 2, 3, 9]),
  };
  const outcome = { read: 0, refused: 0 };
  await withFolder(files, async (folder) => {
    for (let seed = 0; seed < 400; seed++) {
      const random = seededRandom(seed);
      const [name, sound] = pick(random, Object.entries(files));
      writeFileSync(join(folder, name), pick(random, [...anyway, editHeader, editMagic])(random, sound));
      try {
        const { train, test } = await loadFashionMnist({ folder, env: {}, verify: false });
        for (const { images, labels, count } of [train, test]) {
          assert.deepEqual([images.length, labels.length], [count * 784, count]);
          assert.ok(labels.every((label) => label <= 9));
        }
        outcome.read++;
      } catch (error) {
        refusedProperly(error, seed);
        outcome.refused++;
      }
      writeFileSync(join(folder, name), sound);
    }
  });
  assert.ok(outcome.read > 40 && outcome.refused > 200, `${outcome.read} read, ${outcome.refused} refused`);
});
