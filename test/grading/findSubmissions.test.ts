import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { findSubmissions } from "../../lib/grading/findSubmissions";
import { fileName } from "../../lib/grading/fileName";
import { readZip } from "../../lib/grading/readZip";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

/** A folder with these files. */
function folderOf(name: string, files: Record<string, string | Buffer>): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), content);
  }
  return join(folder, name);
}

/** An archive of one file. */
function zipOf(name: string, text: string, method = 8): Buffer {
  const content = method === 8 ? deflateRawSync(Buffer.from(text)) : Buffer.from(text);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(method, 10);
  head.writeUInt32LE(content.length, 20);
  head.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + content.length, 16);
  return Buffer.concat([local, Buffer.from(name), content, head, Buffer.from(name), end]);
}

const summary = (place: string) =>
  findSubmissions(place, "02-x").map(({ student, text, isLate, date, notes }) =>
    [student, text, isLate && "late", date?.toISOString(), ...notes].filter(Boolean),
  );

test("findSubmissions() reads nbgrader's layout, with the time of each", () => {
  const place = folderOf("nbgrader", {
    "submitted/ada/02-x/02-x.ipynb": "A",
    "submitted/ada/02-x/timestamp.txt": "2026-11-30 14:00:00.123456 UTC",
    "submitted/bob/02-x/.ipynb_checkpoints/02-x-checkpoint.ipynb": "old",
    "submitted/cy/02-x/02-x.ipynb": "C",
    "submitted/cy/03-y/03-y.ipynb": "other",
    "submitted/dan/03-y/03-y.ipynb": "other",
    "source/02-x/02-x.ipynb": "solution",
  });
  assert.deepEqual(summary(place), [["ada", "A", "2026-11-30T14:00:00.123Z"], ["bob"], ["cy", "C"], ["dan"]]);
});

test("findSubmissions() reads Moodle's folders, and keeps students of one name apart", () => {
  const place = folderOf("moodle", {
    "Ada Lovelace_123_assignsubmission_file_/02-x.ipynb": "A",
    "Ada Lovelace_124_assignsubmission_file_/02-x (1).ipynb": "B",
    "Zoë Ng_125_assignsubmission_file/mine.ipynb": "C",
    "Zoë Ng_125_assignsubmission_file/02-x-final.ipynb": "D",
    "No One_126_assignsubmission_file_/readme.txt": "sorry",
  });
  assert.deepEqual(summary(place), [
    ["Ada Lovelace 123", "A"],
    ["Ada Lovelace 124", "B"],
    ["No One"],
    ["Zoë Ng", "D", "2 notebooks were handed in; graded is 02-x-final.ipynb"],
  ]);
});

test("findSubmissions() reads Canvas' flat files, archives, and files named after students", () => {
  const place = folderOf("canvas", {
    "lovelaceada_123_456_02-x.ipynb": "A",
    "nobodybob_LATE_124_457_02-x-1.ipynb": "B",
    "carol.ipynb": "C",
    "dan_125_458_work.zip": zipOf("work/02-x.ipynb", "D"),
    "eve_126_459_broken.zip": zipOf("x.ipynb", "E", 9),
    "points.csv": "no",
  });
  assert.deepEqual(summary(place), [
    ["carol", "C"],
    ["dan", "D"],
    [
      "eve",
      "eve_126_459_broken.zip could not be read: the archive packs a file by method 9; stored and deflated ones are read",
    ],
    ["lovelaceada", "A"],
    ["nobodybob", "B", "late"],
  ]);
});

test("readZip() reads stored and deflated files, and nothing out of what is no archive", () => {
  for (const method of [0, 8])
    assert.deepEqual(
      readZip(zipOf("a.txt", "text ".repeat(50), method)).map(({ name, read }) => [name, read().toString()]),
      [["a.txt", "text ".repeat(50)]],
    );
  assert.deepEqual(readZip(Buffer.from("no archive")), []);
  const [{ read }] = readZip(zipOf("a", "b", 9));
  assert.throws(read, { message: "the archive packs a file by method 9; stored and deflated ones are read" });
});

test("fileName() keeps plain names and tells apart those it has to change", () => {
  assert.deepEqual(["ada", "Zoë Ng 12"].map(fileName), ["ada", "Zoë Ng 12"]);
  assert.match(fileName("a/b"), /^a_b-[0-9a-f]{6}$/);
  assert.notEqual(fileName("a/b"), fileName("a:b"));
  assert.match(fileName("../x"), /^_\._x-|^[^/]+$/);
});
