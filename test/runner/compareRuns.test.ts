import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseRuns } from "../../lib/runner/chooseRuns";
import { compareRuns } from "../../lib/runner/compareRuns";
import { formatComparison, sparkline } from "../../lib/runner/formatComparison";
import type { LessonSummary, PastRun } from "../../lib/runner/history";

const lesson = (rest: Partial<LessonSummary>, file = "notebooks/01-a.ipynb"): LessonSummary => {
  return { file, status: "ok", seconds: 60, cells: 3, parameters: {}, metrics: {}, ...rest };
};
const run = (time: string, ...lessons: LessonSummary[]): PastRun => ({ time, folder: time, lessons });

const runs = [
  run(
    "2026-01-02T03-04-05",
    lesson({ parameters: { epochs: 1, seed: 42 }, metrics: { accuracy: 0.8, winner: "relu" }, backend: "simd" }),
    lesson({}, "notebooks/02-b.ipynb"),
  ),
  run(
    "2026-01-02T04-00-00",
    lesson({
      ...{ status: "failed", seconds: 90, backend: "wasm", reusedEpochs: 1 },
      ...{
        parameters: { epochs: 3, seed: 42, net: { deep: true } },
        metrics: { accuracy: 0.905, winner: "tanh", auc: 0.5 },
      },
    }),
  ),
  run(
    "2026-02-01T00-00-00",
    lesson({ parameters: { epochs: 2, seed: 42 }, metrics: { accuracy: 0.8 }, backend: "simd" }),
  ),
];

test("chooseRuns() takes names, their beginnings and counts from the last, each run once", () => {
  const names = (...words: string[]) =>
    chooseRuns(runs, words).map(({ time }) => runs.findIndex((one) => one.time === time));
  assert.deepEqual(names(), [0, 1, 2]);
  assert.deepEqual(names("last", "2026-01-02T03", "last~2", "last~1"), [2, 0, 1]);
});

test("chooseRuns() refuses words that name no run, or more than one", () => {
  const refusal = (word: string, message: string) =>
    assert.throws(() => chooseRuns(runs, [word]), new RangeError(message));
  for (const word of ["2027", "last~3", "last~x", ""])
    refusal(word, `There is no run "${word}"; the last of 3 is 2026-02-01T00-00-00; npm run runs lists them`);
  refusal("2026-01", '"2026-01" may be 2026-01-02T03-04-05 or 2026-01-02T04-00-00; give more of the name');
  const message = 'There is no run "last"; there are none yet; npm run runs lists them';
  assert.throws(() => chooseRuns([], ["last"]), new RangeError(message));
});

test("compareRuns() puts the runs of a lesson beside one another, with the parameters that differ", () => {
  assert.deepEqual(compareRuns(runs.slice(0, 2)), [
    {
      lesson: "01-a",
      runs: ["2026-01-02T03-04-05", "2026-01-02T04-00-00"],
      status: ["ok", "failed"],
      seconds: [60, 90],
      backend: ["simd", "wasm"],
      reusedEpochs: [0, 1],
      parameters: { epochs: [1, 3], net: [null, { deep: true }] },
      metrics: { accuracy: [0.8, 0.905], winner: ["relu", "tanh"], auc: [null, 0.5] },
    },
  ]);
  assert.deepEqual(compareRuns([runs[0]]), []);
});

test("formatComparison() shows what differs, differences to the first run, and the course over three or more", () => {
  const [two] = compareRuns(runs.slice(0, 2));
  const table = [
    "01-a",
    "",
    "                          03-04-05            04-00-00",
    "------------------------  ----------  ----------------",
    "epochs                    1                          3",
    'net                                      {"deep":true}',
    "status                    ok                    failed",
    "backend                   simd                    wasm",
    "epochs not trained again  0                          1",
    "accuracy                  0.8000      0.9050 (+0.1050)",
    "winner                    relu                    tanh",
    "auc                                             0.5000",
    "time                      1 min 00 s        1 min 30 s",
  ];
  assert.equal(formatComparison(two), table.join("\n"));
  const [three] = compareRuns(runs);
  const row = /^accuracy +0\.8000 +0\.9050 \(\+0\.1050\) +0\.8000 \(=\) +▁█▁$/m;
  assert.match(formatComparison(three), row);
  const many = Array.from({ length: 8 }, (_, index) => run(`2026-01-0${index + 1}T00-00-00`, lesson({})));
  const [eight] = compareRuns(many);
  assert.match(formatComparison(eight), /^ +2026-01-04T00-00-00 +2026-01-05/m);
  assert.match(formatComparison(eight), /^3 earlier runs are left out here; name those you want to see\.$/m);
});

test("sparkline() draws numbers as bars, with gaps, and nothing for words", () => {
  assert.equal(sparkline([0, 0.5, null, 1]), "▁▅ █");
  assert.equal(sparkline([2, 2]), "▄▄");
  assert.equal(sparkline([1, "relu"]), "");
});
