import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRecommender, learnedBy, type Loss } from "../../lib/recommend/model";

test("buildRecommender() has LightFM's defaults", () => {
  const { components, learningRate, maxSampled, loss } = buildRecommender();
  assert.deepEqual([components, learningRate, maxSampled, loss], [10, 0.05, 10, "warp"]);
});

test("buildRecommender() refuses sizes and rates that cannot be", () => {
  const refused = (options: Parameters<typeof buildRecommender>[0], message: string) =>
    assert.throws(() => buildRecommender(options), { name: "RangeError", message });
  refused({ components: 0 }, "buildRecommender(): components 0 is not an integer of 1 or more");
  refused({ maxSampled: 2.5 }, "buildRecommender(): maxSampled 2.5 is not an integer of 1 or more");
  refused({ learningRate: -1 }, "buildRecommender(): learningRate -1 is not a number above 0; try 0.05");
  refused({ loss: "bpr" as Loss }, 'buildRecommender(): loss "bpr" is unknown; wanted "warp"');
});

test("learnedBy() asks for a fit first", () => {
  assert.throws(() => learnedBy(buildRecommender()), {
    name: "RangeError",
    message: "the model has not learned anything yet; call fit(model, interactions) first",
  });
});
