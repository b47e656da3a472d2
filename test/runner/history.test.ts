import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { formatRuns, newRunFolder, readRuns, writeSummary } from "../../lib/runner/history";
import type { RunResult } from "../../lib/runner/runNotebook";

const root = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(root, { recursive: true }));

const lesson: RunResult = {
  status: "interrupted",
  file: "notebooks/01-a.ipynb",
  output: "out.ipynb",
  seconds: 90,
  cells: 7,
  parameters: { epochs: 3 },
  metrics: { accuracy: 0.908234, winner: "relu" },
  date: new Date(),
  results: [],
  reusedEpochs: 2,
  backend: "simd",
};

test("newRunFolder() names a folder after the local time, and never takes one that is there", () => {
  const date = new Date(2026, 10, 22, 4, 14, 12);
  const names = [1, 2, 3].map(() => basename(newRunFolder(join(root, "names"), date)));
  assert.deepEqual(names, ["2026-11-22T04-14-12", "2026-11-22T04-14-12-2", "2026-11-22T04-14-12-3"]);
});

test("writeSummary() keeps eight facts of each lesson, and readRuns() finds them", () => {
  const folder = newRunFolder(join(root, "runs"), new Date(2026, 0, 2));
  const path = writeSummary(folder, [lesson, { ...lesson, status: "ok" }]);
  const { file, seconds, cells, parameters, metrics, reusedEpochs, backend } = lesson;
  const how = { seconds, cells, parameters, metrics, reusedEpochs, backend };
  const lessons = ["failed", "ok"].map((status) => ({ file, status, ...how }));
  assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), { lessons });
  assert.deepEqual(readRuns(join(root, "runs")), {
    runs: [{ time: "2026-01-02T00-00-00", folder, lessons }],
    notes: [],
  });
});

test("readRuns() passes over summaries it cannot read, with a note, and folders without one", () => {
  const runs = join(root, "broken");
  const texts = { a: "{", b: "[]", c: '{"lessons":[{"file":1}]}', d: '{"lessons":[]}' };
  mkdirSync(join(runs, "empty"), { recursive: true });
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(join(runs, name));
    writeFileSync(join(runs, name, "summary.json"), text);
  }
  const { runs: found, notes } = readRuns(runs);
  assert.deepEqual(
    found.map(({ time }) => time),
    ["d"],
  );
  const note = (name: string) => `${join(runs, name, "summary.json")} is not a summary of a run; passed over`;
  assert.deepEqual(notes, ["a", "b", "c"].map(note));
  assert.deepEqual(readRuns(join(root, "nowhere")), { runs: [], notes: [] });
});

test("formatRuns() makes a table of all lessons of all runs", () => {
  const lessons = [
    { ...lesson, status: "failed" as const },
    { ...lesson, status: "ok" as const, metrics: {}, seconds: 1200 },
  ];
  assert.equal(
    formatRuns([{ time: "2026-01-02T00-00-00", folder: "", lessons }]),
    [
      "time                 lesson  parameters  results                               minutes",
      "-------------------  ------  ----------  ------------------------------------  -------",
      "2026-01-02T00-00-00  01-a    epochs=3    failed: accuracy 0.9082, winner relu      1.5",
      "2026-01-02T00-00-00  01-a    epochs=3                                             20.0",
    ].join("\n"),
  );
  const narrow = formatRuns([{ time: "2026-01-02T00-00-00", folder: "", lessons }], 36);
  assert.deepEqual(narrow.split("\n"), [
    "2026-01-02T00-00-00  01-a  1.5 min",
    "  epochs=3",
    "  failed: accuracy 0.9082, winner",
    "  relu",
    "2026-01-02T00-00-00  01-a  20.0 min",
    "  epochs=3",
  ]);
  assert.equal(formatRuns([]), "No runs yet: npm start makes the first one.");
});
