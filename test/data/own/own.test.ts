import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import sharp from "sharp";
import { loadIdxPair } from "../../../lib/data/own/loadIdxPair";
import { loadImageFolder } from "../../../lib/data/own/loadImageFolder";
import { loadTable } from "../../../lib/data/own/loadTable";
import { splitSet, takeExamples } from "../../../lib/data/own/ownSet";
import { standardize } from "../../../lib/data/own/standardize";

const folder = mkdtempSync(join(tmpdir(), "own data "));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A picture of one colour. */
const picture = (kind: "png" | "jpeg" | "webp", background: string, channels: 3 | 4 = 3) =>
  sharp({ create: { width: 20, height: 10, channels, background } })
    .toFormat(kind)
    .toBuffer();

test("loadImageFolder() reads a folder for each class, of any kind and size, in the order of their names", async () => {
  write("shop/red/b.png", await picture("png", "#ff0000"));
  write("shop/red/deep/a.webp", await picture("webp", "#ff0000"));
  write("shop/blue/a.JPG", await picture("jpeg", "#0000ff"));
  write("shop/blue/notes.txt", "not a picture");
  write("shop/.hidden/a.png", await picture("png", "#00ff00"));
  write("shop/blue/clear.png", await picture("png", "#00000000", 4));
  const { x, shape, y, classNames, files } = await loadImageFolder(join(folder, "shop"), { size: [2, 3] });
  assert.deepEqual([shape, [...y], classNames], [[4, 2, 3, 3], [0, 0, 1, 1], ["blue", "red"]]); // prettier-ignore
  assert.deepEqual(files.map((file) => file.slice(folder.length + 6).replace(/\\/g, "/")), ["blue/a.JPG", "blue/clear.png", "red/b.png", "red/deep/a.webp"]); // prettier-ignore
  const first = (row: number) => [...x.subarray(row * 18, row * 18 + 3)];
  const near = (row: number, wanted: number[]) => first(row).forEach((level, i) => assert.ok(Math.abs(level - wanted[i]) < 8, `${row}: ${first(row)}`)); // prettier-ignore
  near(0, [0, 0, 255]);
  near(1, [255, 255, 255]); // what is see-through lies over white
  near(2, [255, 0, 0]);
  near(3, [255, 0, 0]);
  const grey = await loadImageFolder(join(folder, "shop"), { size: 4, channels: 1 });
  assert.deepEqual([grey.shape, grey.x.length], [[4, 4, 4, 1], 64]);
});

test("loadImageFolder() says what is wrong and what is wanted", async () => {
  const refused = (place: string, text: RegExp, options = {}) =>
    assert.rejects(loadImageFolder(join(folder, place), options), text);
  await refused("nowhere", /there is no folder .*nowhere; paths begin at the notebook's folder/);
  await refused("shop/blue/notes.txt", /is a file; give the folder that holds a folder for each class/);
  await refused(
    "shop/blue",
    /has no folder for a class, 2 pictures lie in it directly; put the pictures of each class/,
  );
  mkdirSync(join(folder, "half", "empty"), { recursive: true });
  write("half/full/a.png", await picture("png", "#ffffff"));
  await refused("half", /there is no picture in .*empty; fill or remove the folder/);
  await refused("shop", /size is 0; give a whole number of pixels/, { size: 0 });
  await refused("shop", /channels is 4; give 1 or 3/, { channels: 4 });
  write("torn/a/good.png", await picture("png", "#ffffff"));
  write("torn/a/bad.png", "no picture");
  await refused(
    "torn",
    /^SyntaxError: .*1 of 2 files are no pictures: .*bad\.png \(.+\); remove them, or pass \{ skipBroken: true \}$/,
  );
  const lines: string[] = [];
  const kept = await loadImageFolder(join(folder, "torn"), {
    size: 1,
    skipBroken: true,
    log: (line) => lines.push(line),
  });
  assert.deepEqual([kept.shape, [...kept.x], kept.files.length], [[1, 1, 1, 3], [255, 255, 255], 1]);
  assert.deepEqual(lines, ["1 of 2 files are left out, for they are no pictures"]);
});

const CSV = 'id,size,colour,kind\n1,2.5,"red, dark",shirt\n2,3.5,blue,coat\n3,4.5,blue,shirt\n';

test("loadTable() makes features of numbers and categories, and classes of a target of words", () => {
  const { x, shape, y, classNames, featureNames, table } = loadTable(write("a.csv", CSV), { target: "kind", ignore: ["id"] }); // prettier-ignore
  assert.deepEqual(featureNames, ["size", "colour=blue", "colour=red, dark"]);
  assert.deepEqual([shape, [...x]], [[3, 3], [2.5, 0, 1, 3.5, 1, 0, 4.5, 1, 0]]); // prettier-ignore
  assert.deepEqual([[...y], classNames, table.numRows()], [[1, 0, 1], ["coat", "shirt"], 3]); // prettier-ignore
});

test("loadTable() reads tabs, semicolons, JSON and lines of JSON alike, and foretells numbers", () => {
  const rows = [{ a: 1, b: true, c: 5 }, { a: 2, b: false, c: 6 }]; // prettier-ignore
  const files = {
    "b.tsv": "\uFEFFa\tb\tc\r\n1\ttrue\t5\r\n2\tfalse\t6\r\n",
    "c.csv": "a;b;c\n1;true;5\n2;false;6\n",
    "d.json": JSON.stringify(rows),
    "e.jsonl": rows.map((row) => JSON.stringify(row)).join("\n"),
  };
  for (const [name, text] of Object.entries(files)) {
    const { x, y, featureNames, classNames } = loadTable(write(name, text), { target: "c" });
    assert.deepEqual([[...x], [...y], featureNames, classNames], [[1, 0, 1, 2, 1, 0], [5, 6], ["a", "b=false", "b=true"], undefined], name); // prettier-ignore
  }
  assert.deepEqual(loadTable(join(folder, "d.json"), { target: "c", task: "classify" }).classNames, ["5", "6"]);
});

test("loadTable() takes dates for days since 1970, and as classes by their ISO text", () => {
  const file = write("dates.csv", "day,bought\n1970-01-02,2024-06-01\n2024-06-02,2024-06-01\n2024-06-03,2024-05-31\n");
  const { x, y, classNames } = loadTable(file, { target: "bought", task: "classify" });
  assert.deepEqual([...x], [1, 19_876, 19_877]);
  assert.deepEqual(
    [[...y], classNames],
    [
      [1, 1, 0],
      ["2024-05-31", "2024-06-01"],
    ],
  );
});

test("loadTable() says what is wrong and what is wanted", () => {
  const refused = (name: string, text: string, message: RegExp, options = { target: "y" }) =>
    assert.throws(() => loadTable(write(name, text), options), message);
  assert.throws(() => loadTable(join(folder, "no.csv"), { target: "y" }), /there is no file .*no\.csv; paths begin at/);
  refused("f.csv", "x,z\n1,2\n", /has no column "y"; its columns are x, z/);
  refused("g.csv", "x,y\n", /has no rows; wanted a first line with the column names, and rows below it/);
  refused("h.csv", "x,y\n1,2\n,3\n4,\n", /2 of 3 rows of .* miss a value, the first of them row 2 in column "x"; fill them, or pass \{ missing: "drop" \}/); // prettier-ignore
  assert.deepEqual(loadTable(join(folder, "h.csv"), { target: "y", missing: "drop" }).shape, [1, 1]);
  refused("i.json", "[1, 2]", /holds no records/);
  refused("j.json", "[{", /is no JSON: /);
  const names = Array.from({ length: 101 }, (_, i) => `name ${i},${i}`).join("\n");
  refused("k.csv", `x,y\n${names}\n`, /column "x" has 101 categories, wanted at most 100; name it in ignore/);
  assert.throws(
    () => loadTable(join(folder, "a.csv"), { target: "kind", task: "number" }),
    /"kind" has values that are not numbers/,
  );
});

test("loadIdxPair() reads MNIST's form, and refuses a pair that does not go together", () => {
  const idx = (type: number, dimensions: number[], values: number[]) =>
    Uint8Array.from([0, 0, type, dimensions.length, ...dimensions.flatMap((size) => [0, 0, 0, size]), ...values]);
  const images = write("images", idx(8, [2, 1, 2], [1, 2, 3, 4]));
  const { x, shape, y, classNames } = loadIdxPair(images, write("labels", idx(8, [2], [2, 0])));
  assert.deepEqual([[...x], shape, [...y], classNames], [[1, 2, 3, 4], [2, 1, 2, 1], [2, 0], ["0", "1", "2"]]); // prettier-ignore
  assert.throws(() => loadIdxPair(images, write("three", idx(8, [3], [2, 0, 1]))), /is \[3\] and .* \[2,1,2\]; wanted is one label/); // prettier-ignore
});

test("splitSet() and takeExamples() keep inputs and answers together", () => {
  const set = { x: Float32Array.from({ length: 20 }, (_, i) => i), shape: [10, 2], y: Int32Array.from({ length: 10 }, (_, i) => i) }; // prettier-ignore
  const { train, test: held } = splitSet(set, { testShare: 0.3, seed: 1 });
  assert.deepEqual([train.shape, held.shape], [[7, 2], [3, 2]]); // prettier-ignore
  for (const part of [train, held]) part.y.forEach((row, i) => assert.deepEqual([...part.x.subarray(2 * i, 2 * i + 2)], [2 * row, 2 * row + 1])); // prettier-ignore
  assert.deepEqual([...train.y, ...held.y].sort((a, b) => a - b), [...set.y]); // prettier-ignore
  assert.deepEqual([...takeExamples(set, Int32Array.of(9, 0)).y], [9, 0]);
  const often = takeExamples(set, new Int32Array(25).fill(3));
  assert.deepEqual([often.shape, often.y.length, often.y[24], often.x[49]], [[25, 2], 25, 3, 7]);
  assert.throws(() => takeExamples(set, Int32Array.of(0, 10)), {
    name: "RangeError",
    message: "takeExamples(): there is no example 10; they run from 0 to 9",
  });
  assert.throws(() => splitSet(set, { testShare: 2 }), RangeError);
});

test("standardize() scales by the training set's numbers alone", () => {
  const train = { x: Float32Array.of(1, 5, 3, 5), shape: [2, 2], y: Float32Array.of(0, 1) };
  const held = { x: Float32Array.of(5, 6), shape: [1, 2], y: Float32Array.of(0) };
  const [scaledTrain, scaledHeld] = standardize(train, held);
  assert.deepEqual([[...scaledTrain.x], [...scaledHeld.x]], [[-1, 0, 1, 0], [3, 0]]); // prettier-ignore
  assert.throws(() => standardize(train, { ...held, shape: [2, 1] }), TypeError);
});
