import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import { archivePath, keptPath, parseArchive, toArchive } from "../../lib/site/kept/keptArchive";

test("an archive gives back what was packed, where a clone of the project has it", () => {
  const paths = ["/atelier/data/models/net/weights.bin", "/atelier/notebooks/own.csv", "/home/notes"];
  assert.deepEqual(paths.map(archivePath), ["data/models/net/weights.bin", "notebooks/own.csv", "home/notes"]);
  assert.deepEqual(paths.map(archivePath).map(keptPath), paths);
  const files = new Map(paths.map((path, i) => [archivePath(path), Uint8Array.of(i, 7, 7, 7)]));
  assert.deepEqual(parseArchive(toArchive(files)), files);
});

test("what is no archive, or leads elsewhere, is refused with what is wanted", () => {
  assert.throws(
    () => parseArchive(Uint8Array.of(1, 2, 3)),
    /^Error: the file cannot be read as a \.zip archive \(.+\)$/,
  );
  for (const path of ["data/../lib/random.ts", "lib/random.ts", "data//x", "data"])
    assert.throws(() => parseArchive(zipSync({ [path]: Uint8Array.of(1) })), {
      message: `the archive has a file "${path}"; give one with the folders notebooks, data and home, as Export makes it`,
    });
});
