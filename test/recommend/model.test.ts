import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRecommender, learnedBy } from "../../lib/recommend/model";
import type { Loss, Schedule } from "../../lib/recommend/settings";

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
  refused(
    { loss: "hinge" as Loss },
    'buildRecommender(): loss "hinge" is unknown; wanted "logistic", "bpr", "warp", "warp-kos"',
  );
  refused(
    { schedule: "adam" as Schedule },
    'buildRecommender(): schedule "adam" is unknown; wanted "adagrad" or "adadelta"',
  );
  refused({ rho: 1 }, "buildRecommender(): rho 1 is not between 0 and 1; try 0.95");
  refused({ itemAlpha: -0.1 }, "buildRecommender(): itemAlpha -0.1 is not a number of 0 or more");
  refused({ epsilon: NaN }, "buildRecommender(): epsilon NaN is not a number of 0 or more");
  refused({ k: 0 }, "buildRecommender(): k 0 is not an integer of 1 or more");
  refused({ n: 1.5 }, "buildRecommender(): n 1.5 is not an integer of 1 or more");
});

test("learnedBy() asks for a fit first", () => {
  assert.throws(() => learnedBy(buildRecommender()), {
    name: "RangeError",
    message: "the model has not learned anything yet; call fit(model, interactions) first",
  });
});
