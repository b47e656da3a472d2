import assert from "node:assert/strict";
import { test } from "node:test";
import { listCases } from "../../bench/cnn/cases";
import { compareRounds, formatRows, inUnit, type Row } from "../../bench/cnn/report";

test("compareRounds() takes the ratio of each round: the peer's time over ours", () => {
  const rounds = [
    { ours: 1, peer: 2 },
    { ours: 10, peer: 30 }, // a slow round slows both
    { ours: 2, peer: 1 },
  ];
  assert.deepEqual(compareRounds(rounds), { ratio: 2, low: 0.5, high: 3 });
  assert.deepEqual(compareRounds([{ ours: 1 }]), { ratio: null, low: null, high: null });
});

test("inUnit() gives the median round in milliseconds or in images a second", () => {
  assert.equal(inUnit([0.005, 0.004, 1], "ms a step"), 5);
  assert.equal(inUnit([0.005, 0.004, 1], "images a second"), 200);
  assert.equal(inUnit([], "ms a step"), null);
});

test("formatRows() says what was measured and what is missing", () => {
  const row: Row = { case: "A, training", threads: 2, ours: 4.567, peer: 9.134, peerName: "Keras fit", unit: "ms a step", ratio: 2, low: 1.9, high: 123.4 }; // prettier-ignore
  const [, , first, second] = formatRows([row, { ...row, peer: null, ratio: null, low: null, high: null }]).split("\n");
  assert.match(first, /^A, training +2 +ms a step +4\.57 +9\.13 +Keras fit +2\.00 +1\.90 to 123$/);
  assert.match(second, /^A, training +2 +ms a step +4\.57 +- +Keras fit +-$/);
});

test("listCases() puts the peers that know one core, and what is slow, where they are asked for", () => {
  const names = (all: boolean, slow: boolean) =>
    listCases({ nets: ["B"], steps: 3, slow }, { all }).map(({ name, peer }) => `${name} | ${peer.name}`);
  const keras = ["B, prediction | Keras predict", "B, prediction | Keras, compiled call"];
  assert.deepEqual(names(false, true), ["B, training | Keras fit", ...keras]);
  const others = ["wasm", "cpu"].map((name) => `B, prediction | TensorFlow.js ${name}`);
  const all = ["B, training | Keras fit", "B, plain model.fit | Keras fit", ...keras, ...others, "B, prediction | tfjs-node"]; // prettier-ignore
  assert.deepEqual(names(true, false), all);
  assert.deepEqual(names(true, true), [...all, "B, training | TensorFlow.js cpu"]);
});
