import assert from "node:assert/strict";
import { test } from "node:test";
import { numpyRandom } from "../../lib/random";
import { buildCoo, takeEntries, type Coo } from "../../lib/recommend/coo";
import { fit } from "../../lib/recommend/fit";
import { foldInUser } from "../../lib/recommend/foldInUser";
import { auc } from "../../lib/recommend/metrics";
import { buildRecommender } from "../../lib/recommend/model";
import { modelToBytes } from "../../lib/recommend/modelBytes";
import { predict } from "../../lib/recommend/predict";
import { recommend } from "../../lib/recommend/recommend";
import { splitByUser } from "../../lib/recommend/splits/splitByUser";
import { checkerboard, plantedTastes } from "./checkerboard";

/** The first of the users the model is not fitted on. */
const NEW = 90;

const entriesOf = (matrix: Coo, wanted: (user: number) => boolean) =>
  takeEntries(
    matrix,
    Int32Array.from(matrix.values.keys()).filter((place) => wanted(matrix.rowIndices[place])),
  );

for (const loss of ["warp", "bpr", "warp-kos"] as const)
  for (const seed of [1, 2])
    test(`foldInUser() ranks for new users as well as retraining, up to 0.02 of AUC, ${loss}, seed ${seed}`, async () => {
      const all = plantedTastes({ random: numpyRandom(seed) });
      const { train, test: held } = splitByUser(all, { testShare: 0.25, random: numpyRandom(seed) });
      const [ofNew, heldOfNew] = [train, held].map((matrix) => entriesOf(matrix, (user) => user >= NEW));
      const retrained = buildRecommender({ loss, seed });
      await fit(retrained, train, { epochs: 30 });
      const model = buildRecommender({ loss, seed });
      await fit(model, { ...entriesOf(train, (user) => user < NEW), rows: NEW }, { epochs: 30 });
      const itemsOf = (user: number) => entriesOf(ofNew, (row) => row === user).columnIndices;
      const foldedAuc = auc((user) => predict(model, foldInUser(model, itemsOf(user))), heldOfNew, {
        train: ofNew,
      }).mean;
      const retrainedAuc = auc(retrained, heldOfNew, { train: ofNew }).mean;
      assert.ok(foldedAuc >= retrainedAuc - 0.02, `folded in ${foldedAuc}, retrained ${retrainedAuc}`);
      assert.ok(foldedAuc > 0.75);
    });

test("foldInUser() gives the same vector for the same items, and leaves the model as it was", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(20), { epochs: 20 });
  const before = modelToBytes({ model });
  const first = foldInUser(model, [1, 3, 5, 7]);
  assert.deepEqual(foldInUser(model, [1, 3, 5, 7]), first);
  assert.deepEqual(modelToBytes({ model }), before);
  assert.deepEqual([...first.seen], [1, 3, 5, 7]);
  const { items } = recommend(model, first, { count: 6 });
  assert.ok(
    items.every((item) => item % 2 === 1 && item > 7),
    String(items),
  );
});

test("foldInUser() listens to dislikes, weights and what else is known", async () => {
  const model = buildRecommender();
  await fit(model, checkerboard(20), { epochs: 20 });
  const [liked, mixed] = [foldInUser(model, [2]), foldInUser(model, [2, 3], { values: [1, -1] })];
  assert.deepEqual([...mixed.seen], [2, 3]);
  assert.notDeepEqual(mixed.vector, liked.vector);
  assert.ok(foldInUser(model, [2, 3], { weights: [0, 0] }).vector.every((value) => value === 0));
  const known = foldInUser(model, [], { features: { indices: [4] } });
  assert.deepEqual(predict(model, known), predict(model, 4));
});

test("foldInUser() goes with other features of users, and follows a model that is taught further", async () => {
  const model = buildRecommender({ components: 4 });
  const interactions = checkerboard(10);
  await fit(model, interactions, { epochs: 5 });
  const before = foldInUser(model, [2, 4]).vector;
  await fit(model, interactions, { epochs: 5 });
  assert.notDeepEqual(foldInUser(model, [2, 4]).vector, before);
});

test("foldInUser() refuses items the model does not know and lists that do not go together", async () => {
  const model = buildRecommender();
  await fit(model, buildCoo({ rows: 1, columns: 3, rowIndices: [0], columnIndices: [0] }));
  assert.throws(() => foldInUser(model, [3]), {
    name: "RangeError",
    message:
      "foldInUser(): item 3 is unknown to the model, which knows 3 items, counted from 0; ask for one of them, or fit the model on interactions that have this item",
  });
  assert.throws(() => foldInUser(model, [1, 2], { weights: [1] }), {
    name: "TypeError",
    message: "foldInUser(): 2 items and 1 weights; give one of each",
  });
  assert.throws(
    () => foldInUser(model, [1], { values: [1, 2] }),
    /foldInUser\(\): 1 items and 2 values; give one of each/,
  );
  assert.throws(
    () => foldInUser(model, [1], { values: [NaN] }),
    /foldInUser\(\): value 0 is NaN; wanted a finite number/,
  );
  assert.throws(() => foldInUser(model, [1, 2], { weights: [1, -1] }), {
    name: "RangeError",
    message: "foldInUser(): weight 1 is -1; wanted 0 or more; leave out what should not be learned",
  });
  assert.throws(
    () => foldInUser(model, [1], { features: { indices: [9] } }),
    /foldInUser\(\): feature index 9 at place 0/,
  );
  assert.throws(() => foldInUser(model, [1], { epochs: 0 }), /epochs 0 is not an integer of 1 or more/);
  assert.throws(() => predict(model, { vector: new Float32Array(3), seen: new Int32Array(0) }), {
    name: "TypeError",
    message: "predict(): the user's vector has 3 numbers, wanted 11; fold the user in with this very model",
  });
});
