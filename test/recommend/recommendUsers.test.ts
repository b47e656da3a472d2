import assert from "node:assert/strict";
import { test } from "node:test";
import { predictPairs } from "../../lib/recommend/predict";
import { recommendUsers } from "../../lib/recommend/recommendUsers";
import { lightfm, trainedLike } from "./lightfm";

test("recommendUsers() orders all users by the item's score", async () => {
  const model = await trainedLike(lightfm.cases[4], 5);
  const { users, scores } = recommendUsers(model, 6, { count: 100, excludeSeen: false });
  assert.deepEqual([...users].sort((a, b) => a - b), [...Array(lightfm.users).keys()]); // prettier-ignore
  const wanted = predictPairs(model, users, users.map(() => 6)); // prettier-ignore
  scores.forEach((score, place) => assert.ok(Math.abs(score - wanted[place]) < 1e-6));
  assert.ok(wanted.every((score, place) => place === 0 || score <= wanted[place - 1] + 1e-6));
});

test("recommendUsers() leaves out those who have the item", async () => {
  const model = await trainedLike(lightfm.cases[0], 1);
  const owners = lightfm.rowIndices.filter((_, place) => lightfm.columnIndices[place] === 6);
  const { users } = recommendUsers(model, 6, { count: 100 });
  assert.equal(users.length, lightfm.users - new Set(owners).size);
  assert.ok(users.every((user) => !owners.includes(user)));
});

test("recommendUsers() refuses items the model does not know", async () => {
  const model = await trainedLike(lightfm.cases[0], 1);
  assert.throws(() => recommendUsers(model, 25), /recommendUsers\(\): item 25 is unknown to the model/);
  assert.throws(() => recommendUsers(model, new Float32Array(3)), {
    name: "TypeError",
    message: "recommendUsers(): the item's vector has 3 numbers, wanted 6; make it with coldItem",
  });
});
