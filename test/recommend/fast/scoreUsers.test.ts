import assert from "node:assert/strict";
import { test } from "node:test";
import { borrowKernels } from "../../../lib/recommend/fast/kernels";
import { scoreUsers } from "../../../lib/recommend/fast/scoreUsers";
import { fit } from "../../../lib/recommend/fit";
import { buildRecommender } from "../../../lib/recommend/model";
import { predict } from "../../../lib/recommend/predict";
import { plantedTastes } from "../checkerboard";

test("scoreUsers() gives the scores of predict(), bit for bit", async () => {
  for (const [items, components] of [
    [90, 10],
    [66, 1],
    [6, 33],
    [24, 4],
  ] as const) {
    const model = buildRecommender({ components, loss: "logistic" });
    await fit(model, plantedTastes({ users: 50, items }), { epochs: 2 });
    for (const users of [[3], [49, 0, 7, 7, 12, 30, 31, 32], Array.from({ length: 50 }, (_, user) => user)]) {
      const places: number[] = [];
      scoreUsers(model, users, (scores, place) => {
        places.push(place);
        assert.deepEqual(new Float32Array(scores), predict(model, users[place]));
      });
      assert.deepEqual(places, [...users.keys()]);
    }
  }
});

test("scoreUsers() refuses users the model does not know, and gives memory back when it is interrupted", async () => {
  const model = buildRecommender();
  await fit(model, plantedTastes({ users: 50 }));
  const kernels = borrowKernels(1);
  const used = kernels.pool.allocator.used();
  const users = Array.from({ length: 50 }, (_, user) => user);
  assert.throws(() => scoreUsers(model, [...users, 50], () => {}), /user 50 is unknown to the model/);
  assert.throws(() => scoreUsers(model, users, () => assert.fail("enough")), /enough/);
  assert.equal(kernels.pool.allocator.used(), used);
  kernels.close();
});
