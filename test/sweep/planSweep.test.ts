import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { parameterPlaces } from "../../lib/sweep/parameterPlaces";
import { planSweep } from "../../lib/sweep/planSweep";
import { subjectOf } from "../../lib/sweep/loadSubject";
import { rowName } from "../../lib/sweep/rowName";
import { loadSweep, saveSweep } from "../../lib/sweep/sweepFolder";
import { code, notebookOf, prose } from "../runner/samples";
import { newFolder, PARAMETERS, writeSmallNotebook } from "./samples";

const { folder, remove } = newFolder();
after(remove);
const notebook = join(folder, "small.ipynb");
writeSmallNotebook(notebook, code("rate * seed"));

test("planSweep() gives each row the values of all, named by the sweep's content", () => {
  const texts = { seed: "1..2", kind: "deep" };
  const sweep = planSweep({ notebook, texts, values: { seed: [7], rate: 0.25 }, shared: { rate: 1, name: "x" } });
  assert.deepEqual(
    sweep.rows.map(({ parameters }) => parameters),
    [1, 2].map((seed) => ({ name: "x", seed, rate: 0.25, kind: "deep" })),
  );
  assert.deepEqual(sweep.varied, ["seed"]);
  assert.match(sweep.name, /^small-[0-9a-f]{6}$/);
  assert.equal(planSweep({ notebook, texts: { ...texts, rate: "0.25" }, shared: { name: "x" } }).name, sweep.name);
  assert.notEqual(planSweep({ notebook, texts }).name, sweep.name);
});

test("planSweep() has each row once, also one whose values are the defaults", () => {
  const sample = { method: "random", rows: 50 } as const;
  assert.equal(planSweep({ notebook, texts: { kind: "plain,deep" }, sample }).rows.length, 2);
  const [written] = planSweep({ notebook, texts: { seed: "1" } }).rows;
  const [left] = planSweep({ notebook, texts: { rate: "0.5" } }).rows;
  assert.equal(written.id, left.id);
});

test("planSweep() refuses what the notebook does not have, in one line", () => {
  const refused = (texts: Record<string, string>, message: string) =>
    assert.throws(() => planSweep({ notebook, texts }), { name: "RangeError", message });
  refused({ sed: "1" }, `There is no parameter "sed" in ${notebook}; it has seed, rate, kind, sizes, name`);
  refused({}, `A sweep of ${notebook} has no values; give some, as in -p seed=1,…`);
});

const FILE = `notebook: small.ipynb
parameters:
  seed: [1, 5000]
  rate:
    - 0.1
    - fast
  "kind": { deep: 1 }
  sizes: []
  name: 5..1
  other: 3
`;

for (const [values, place] of [
  [{ seed: [1, 5000] }, "line 3, column 13"],
  [{ rate: [0.1, "fast"] }, "line 6, column 7"],
  [{ kind: { deep: 1 } }, "line 7, column 11"],
  [{ sizes: [] }, "line 8, column 3"],
  [{ other: 3 }, "line 10, column 3"],
  [{ rate: "0..1" }, "line 5, column 7"], // a grid has no step for it
] as [Record<string, unknown>, string][])
  test(`planSweep() says where a sweep's file has what it refuses: ${JSON.stringify(values)}`, () => {
    const placeOf = parameterPlaces("s.yaml", FILE);
    const refused = (error: Error) => error.name === "RangeError" && error.message.endsWith(` (${place} of s.yaml)`);
    assert.throws(() => planSweep({ notebook, values, placeOf }), refused);
    const [name] = Object.keys(values);
    const texts = { [name]: "[" }; // the command line comes first, and its mistakes are not the file's
    assert.throws(() => planSweep({ notebook, texts, values, placeOf }), (error: Error) => !/s\.yaml/.test(error.message)); // prettier-ignore
  });

test("parameterPlaces() reads JSON too, and knows no place of what is not there", () => {
  const placeOf = parameterPlaces("s.json", '{ "parameters":\n { "a": [1,\n 2] } }');
  assert.deepEqual([placeOf("a"), placeOf("a", 1), placeOf("b")], ["line 2, column 4 of s.json", "line 3, column 2 of s.json", undefined]); // prettier-ignore
  assert.equal(parameterPlaces("s.yaml", "")("a"), undefined);
});

test("planSweep() lets the compiler say whether values of a type with a name fit", () => {
  const typed = join(folder, "typed.ipynb");
  const cells = code('type Size = "s" | "l";\nconst size: Size = "s";', "parameters");
  saveNotebook(typed, notebookOf(cells));
  assert.equal(planSweep({ notebook: typed, texts: { size: "l" } }).rows.length, 1);
  const placeOf = parameterPlaces("s.yaml", "parameters:\n  size: [s, m]");
  assert.throws(() => planSweep({ notebook: typed, values: { size: ["s", "m"] }, placeOf }), /\(line 2, column 13 of s\.yaml\)$/); // prettier-ignore
  assert.throws(() => planSweep({ notebook: typed, texts: { size: "m" } }), {
    name: "RangeError",
    message: /^The parameter size is "m"; a value of the type Size is wanted/,
  });
});

test("planSweep() takes any parameter for a script, and names its rows by its text and their values", () => {
  const script = join(folder, "train.ts");
  writeFileSync(script, "console.log(1);");
  const texts = { rate: "0.1,1e-3", kind: "a,true", size: "1..2", list: "[1,2]" };
  const sweep = planSweep({ notebook: script, texts, values: { depth: "2..3" } });
  assert.match(sweep.name, /^train-[0-9a-f]{6}$/);
  assert.equal(sweep.rows.length, 16);
  assert.deepEqual(sweep.rows[15].parameters, { depth: 3, rate: 0.001, kind: true, size: 2, list: [1, 2] });
  assert.equal(planSweep({ notebook: script, texts, values: { depth: "2..3" } }).name, sweep.name);
  writeFileSync(script, "console.log(2);");
  assert.notEqual(planSweep({ notebook: script, texts, values: { depth: "2..3" } }).name, sweep.name);
});

test("rowName() changes with the code and the values, not with outputs, prose or their order", () => {
  const name = rowName(subjectOf(notebookOf(PARAMETERS, code("rate"))), { seed: 1, rate: 2 });
  assert.match(name, /^[0-9a-f]{12}$/);
  assert.equal(rowName(subjectOf(notebookOf(prose("# Text"), PARAMETERS, { ...code("rate"), execution_count: 4 })), { rate: 2, seed: 1 }), name); // prettier-ignore
  assert.notEqual(rowName(subjectOf(notebookOf(PARAMETERS, code("rate + 1"))), { seed: 1, rate: 2 }), name);
  assert.notEqual(rowName(subjectOf(notebookOf(PARAMETERS, code("rate"))), { seed: 1, rate: 3 }), name);
});

test("loadSweep() gives what saveSweep() wrote, and says which sweeps there are", () => {
  const sweep = planSweep({ notebook, name: "mine", texts: { seed: "1,2" } });
  assert.throws(() => loadSweep(folder, "mine"), {
    name: "RangeError",
    message: 'There is no sweep "mine"; npm run sweep makes the first one',
  });
  saveSweep(folder, { ...sweep, metric: "score" });
  assert.deepEqual(loadSweep(folder, "mine"), { version: 1, ...sweep, metric: "score" });
  assert.throws(() => loadSweep(folder, "other"), { message: 'There is no sweep "other"; there are mine' });
});
