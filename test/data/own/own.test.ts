import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
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

test("loadImageFolder() leaves out what is hidden and what macOS packs along, and follows links to folders", async () => {
  const white = await picture("png", "#ffffff");
  write("elsewhere/b.png", white);
  write("packed/a/._a.png", "no picture");
  write("packed/a/.thumbs/a.png", "no picture");
  write("packed/a/a.png", white);
  write("packed/__MACOSX/a/._a.png", "no picture");
  symlinkSync(join(folder, "elsewhere"), join(folder, "packed", "b"), "junction");
  const { classNames, files } = await loadImageFolder(join(folder, "packed"), { size: 1 });
  assert.deepEqual([classNames, files.map((file) => basename(file))], [["a", "b"], ["a.png", "b.png"]]); // prettier-ignore
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

test("loadTable() reads tables as people's programs write them", () => {
  const wanted = [[1.5, 2, 3, 4], [0, 1], ["x", "z"]]; // prettier-ignore
  const files: Record<string, string | Uint8Array> = {
    "blank-lines.csv": "a,b,y\n\n1.5,2,x\n\n3,4,z\n\n",
    "spaces.csv": "a , b , y\n 1.5 , 2 , x \n 3 , 4 , z \n",
    "decimal-comma.csv": "a;b;y\n1,5;2;x\n3;4;z\n",
    "old-mac.csv": "a,b,y\r1.5,2,x\r3,4,z\r",
    "trailing.csv": "a,b,y\n1.5,2,x,\n3,4,z,\n",
    "utf-16.csv": Buffer.from("\uFEFFa,b,y\n1.5,2,x\n3,4,z\n", "utf16le"),
    "packed.csv.gz": gzipSync("a,b,y\n1.5,2,x\n3,4,z\n"),
    "quoted.csv": '"a","b","y"\n"1.5","2","x"\n"3","4","z"\n',
  };
  for (const [name, content] of Object.entries(files)) {
    const { x, y, classNames } = loadTable(write(name, content), { target: "y" });
    assert.deepEqual([[...x], [...y], classNames], wanted, name);
  }
  const index = loadTable(write("index.csv", ",a,y\n0,5,x\n1,6,z\n"), { target: "y" });
  assert.deepEqual(index.featureNames, ["column 1", "a"]);
  const old = write("old.csv", Buffer.from("a,y\n1,café\n2,thé\n", "latin1"));
  assert.deepEqual(loadTable(old, { target: "y", encoding: "windows-1252" }).classNames, ["café", "thé"]);
  const prices = write("prices.csv", 'price,age,y\n"$1,234.50",18-25,x\n$7,26-35,z\n');
  const parse = { price: (text: string) => Number(text.replace(/[$,]/g, "")) };
  assert.deepEqual([...loadTable(prices, { target: "y", parse }).x], [1234.5, 1, 0, 7, 0, 1]);
  assert.deepEqual(loadTable(prices, { target: "y", parse: { price: String } }).featureNames[0], "price=$1,234.50");
});

test("loadTable() takes for missing what pandas takes for it", () => {
  const file = write("gaps.csv", "a,b,y\nNA,2,x\n3,,z\nnan,4,x\n5,6,null\n7,8,z\n");
  assert.throws(
    () => loadTable(file, { target: "y" }),
    /4 of 5 rows of .* miss a value, the first of them row 1 in column "a"/,
  );
  assert.deepEqual([...loadTable(file, { target: "y", missing: "drop" }).x], [7, 8]);
});

test("loadTable() refuses what would be learned from wrongly, with its place and a cure", () => {
  const refused = (name: string, text: string | Uint8Array, message: RegExp, options: object = { target: "y" }) =>
    assert.throws(() => loadTable(write(name, text), options as { target: string }), message);
  const parse = /; \{ parse: \{ "a": \(text\) => … \} \} says what it is, \{ parse: \{ "a": String \} \} takes/.source;
  const likeNumbers = ["$10.50", "10%", '"1,234"', "1 234", "12.50€", "1.234.567"];
  for (const text of likeNumbers)
    refused(
      "like.csv",
      `a,y\n${text},1\n${text},2\n`,
      new RegExp(`line 2, column "a": got ".*", wanted a number${parse}`),
    );
  refused("dots.csv", "a,y\n01.02.2024,1\n03.02.2024,2\n", /wanted a (number|date);/);
  refused("slashes.csv", "a,y\n1/2/2024,1\n3/2/2024,2\n", new RegExp(`got "1/2/2024", wanted a date${parse}`));
  const mostly = Array.from({ length: 20 }, (_, row) => `${row === 6 ? "unknown" : row},1`).join("\n");
  refused(
    "slip.csv",
    `a,y\n${mostly}\n`,
    new RegExp(`line 8, column "a": got "unknown", wanted a number as the others${parse}`),
  );
  for (const text of ["1e400", "1e39", "inf"])
    refused("large.csv", `a,y\n1,2\n${text},3\n`, /line 3, column "a": got ".*", wanted a finite number/);
  refused("no-day.csv", "a,y\n2024-13-01,1\n", /got "2024-13-01", which is no day of the calendar/);
  refused("twice.csv", "a,a,y\n1,2,3\n", /line 1: two columns are named "a"; rename one of them/);
  refused("wide.csv", "a,y\n\n1,2\n1,2,3\n", /line 4: got 3 fields, wanted 2 as in the first line; a field that holds/);
  refused("open.csv", 'a,y\n1,"2\n3,4\n', /open\.csv, line 2: the row has \d+ characters and no end; close its quote/);
  refused("nothing.csv", "", /has no rows/);
  refused("alone.csv", "y\n1\n", /has no column to learn from beside "y"; its columns are y/);
  refused(
    "untold.csv",
    "a,y\n1,2\n",
    /name the column of .* to be foretold as \{ target: "NAME" \}; its columns are a, y/,
    {},
  );
  refused(
    "latin.csv",
    Buffer.from("a,y\n1,café\n", "latin1"),
    /is no text in utf-8; .* \{ encoding: "windows-1252" \}/,
  );
  refused("coded.csv", "a,y\n1,2\n", /encoding is "morse"; give one such as/, { target: "y", encoding: "morse" });
  refused("nested.json", '[{ "a": { "k": 1 }, "y": 2 }]', /row 1, column "a": got \{"k":1\}, wanted a number, a text/);
  refused("lists.json", "[[1, 2]]", /holds no records/);
  refused("unknown.csv", "a,y\n1,2\n", /has no column "b"/, { target: "y", parse: { b: Number } });
  assert.throws(() => loadTable(folder, { target: "y" }), /is a folder; give a file/);
  // What looks like none of these stays a category, and what is ignored may be anything.
  assert.deepEqual(loadTable(write("bands.csv", "a,b,y\n18-25,$1,1\n90+,x,2\n"), { target: "y", ignore: ["b"] }).featureNames, ["a=18-25", "a=90+"]); // prettier-ignore
});

test("loadIdxPair() reads MNIST's form, and refuses a pair that does not go together", () => {
  const idx = (type: number, dimensions: number[], values: number[]) =>
    Uint8Array.from([0, 0, type, dimensions.length, ...dimensions.flatMap((size) => [0, 0, 0, size]), ...values]);
  const images = write("images", idx(8, [2, 1, 2], [1, 2, 3, 4]));
  const { x, shape, y, classNames } = loadIdxPair(images, write("labels", idx(8, [2], [2, 0])));
  assert.deepEqual([[...x], shape, [...y], classNames], [[1, 2, 3, 4], [2, 1, 2, 1], [2, 0], ["0", "1", "2"]]); // prettier-ignore
  assert.throws(() => loadIdxPair(images, write("three", idx(8, [3], [2, 0, 1]))), /is \[3\] and .* \[2,1,2\]; wanted is one label/); // prettier-ignore
  const wrong = write("wrong", idx(9, [2], [1, 255]));
  assert.throws(() => loadIdxPair(images, wrong), /wrong has the label -1; wanted are whole numbers from 0 on/);
  assert.throws(() => loadIdxPair(images, write("cut", idx(8, [2], [1]))), /^SyntaxError: loadIdxPair\(\): .*cut: parseIdx\(\): got/); // prettier-ignore
  assert.throws(() => loadIdxPair(images, folder), /is a folder; give a file/);
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
  const short = { ...set, x: set.x.subarray(1) };
  assert.throws(() => splitSet(short), /x has 19 values and y 10; shape \[10, 2\] wants 20 and 10/);
});

test("standardize() scales by the training set's numbers alone", () => {
  const train = { x: Float32Array.of(1, 5, 3, 5), shape: [2, 2], y: Float32Array.of(0, 1) };
  const held = { x: Float32Array.of(5, 6), shape: [1, 2], y: Float32Array.of(0) };
  const [scaledTrain, scaledHeld] = standardize(train, held);
  assert.deepEqual([[...scaledTrain.x], [...scaledHeld.x]], [[-1, 0, 1, 0], [3, 0]]); // prettier-ignore
  assert.throws(() => standardize(train, { ...held, shape: [2, 1] }), TypeError);
});
