import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { writeTensorBoard } from "../../../lib/sweep/export/writeTensorBoard";
import { scoredSweep } from "../../../lib/sweep/scoredSweep";
import { newFolder, writeReport } from "../samples";
import { type Fields, messageAt, readEvents, readFields, textAt } from "./readEvents";

const { folder, remove } = newFolder();
after(remove);
const FILE = "events.out.tfevents.sweep";
const started = Date.UTC(2026, 0, 2);
const deep = { seed: 300, kind: "a/b", isDeep: true, sizes: [1, 2] };
const rows = [deep, { ...deep, seed: 2 }, { ...deep, seed: 3 }].map((parameters, index) => ({ id: `r${index}`, parameters })); // prettier-ignore
const sweep = { name: "s", notebook: "n.ipynb", varied: ["seed", "kind"], rows };
const folderOf = ({ id }: { id: string }) => join(folder, "rows", id);
const metrics = { accuracy: 0.75, words: "größer", isGood: false };
const curves = { loss: [2, 1, 0.5], "net/accuracy": [0.25] };
writeReport(folderOf(rows[0]), { status: "ok", started, seconds: 1.5, metrics, curves });
writeReport(folderOf(rows[1]), { status: "failed", started, seconds: 1, metrics: { accuracy: 1 } });

const board = join(folder, "board");
const written = () => readEvents(readFileSync(join(board, "seed=300,kind=a,b_r0", FILE)));
const valuesOf = (event: Fields) => messageAt(event, 5)[1].map((value) => readFields(value as Buffer));

test("writeTensorBoard() writes a folder for each row that ended well, and the same one again", () => {
  const scored = scoredSweep(sweep, folderOf);
  assert.equal(writeTensorBoard(scored, board), 1);
  const before = readFileSync(join(board, "seed=300,kind=a,b_r0", FILE));
  assert.equal(writeTensorBoard(scored, board), 1);
  assert.deepEqual(readdirSync(board), ["seed=300,kind=a,b_r0"]);
  assert.deepEqual(readdirSync(join(board, "seed=300,kind=a,b_r0")), [FILE]);
  assert.deepEqual(readFileSync(join(board, "seed=300,kind=a,b_r0", FILE)), before);
});

test("an event file begins with its version, and has each recorded number as a scalar, the rest as text", () => {
  const [version, , recorded] = written();
  assert.deepEqual([textAt(version, 3), version[1]], ["brain.Event:2", [started / 1000]]);
  assert.deepEqual(recorded[1], [started / 1000 + 1.5]);
  const [accuracy, words, isGood] = valuesOf(recorded);
  assert.deepEqual([textAt(accuracy, 1), accuracy[2]], ["accuracy", [0.75]]);
  for (const [value, name, text] of [
    [words, "words", "größer"],
    [isGood, "isGood", "false"],
  ] as const) {
    // prettier-ignore
    assert.deepEqual([textAt(value, 1), textAt(messageAt(value, 8), 8)], [name, text]);
    assert.equal(textAt(messageAt(value, 9, 1), 1), "text");
  }
});

test("an event file has the numbers of each epoch at its own step", () => {
  const steps = written().slice(3, -1).map((event) => ({
    step: event[2],
    values: valuesOf(event).map((value) => [textAt(value, 1), value[2]]),
  })); // prettier-ignore
  assert.deepEqual(steps, [
    { step: [1], values: [["epochs/loss", [2]], ["epochs/net/accuracy", [0.25]]] },
    { step: [2], values: [["epochs/loss", [1]]] },
    { step: [3], values: [["epochs/loss", [0.5]]] },
  ]); // prettier-ignore
});

test("an event file has the parameters as hyperparameters, and says when the row began and ended", () => {
  const [, first] = written();
  const last = written().at(-1)!;
  const [start, end] = [first, last].map((event) => valuesOf(event)[0]);
  assert.deepEqual([textAt(start, 1), textAt(end, 1)], ["_hparams_/session_start_info", "_hparams_/session_end_info"]);
  for (const value of [start, end]) assert.equal(textAt(messageAt(value, 9, 1), 1), "hparams");
  const info = messageAt(start, 9, 1, 2, 3);
  assert.deepEqual(info[5], [started / 1000]);
  const entries = info[1].map((entry) => readFields(entry as Buffer));
  const given = Object.fromEntries(entries.map((entry) => [textAt(entry, 1), messageAt(entry, 2)]));
  assert.deepEqual(given, {
    seed: { 2: [300] },
    kind: { 3: [Buffer.from("a/b")] },
    isDeep: { 4: [1] },
    sizes: { 3: [Buffer.from("[1,2]")] },
  });
  assert.deepEqual(messageAt(end, 9, 1, 2, 4), { 1: [1], 2: [started / 1000 + 1.5] });
});
