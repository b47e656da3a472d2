import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../lib/recommend/fit";
import { checkedForm } from "../../lib/recommend/form";
import { buildRecommender } from "../../lib/recommend/model";
import { checkerboard } from "./checkerboard";

test("checkedForm() is fast on one thread by default, and the teaching form under compat", () => {
  assert.deepEqual(checkedForm({}, buildRecommender()), { form: "fast", threads: 1 });
  assert.deepEqual(checkedForm({ threads: 3 }, buildRecommender()), { form: "fast", threads: 3 });
  assert.deepEqual(checkedForm({}, buildRecommender({ compat: "lightfm" })), { form: "teaching", threads: 1 });
});

test("fit() refuses forms and threads that cannot be, and changes nothing", async () => {
  const [model, faithful] = [buildRecommender(), buildRecommender({ compat: "lightfm" })];
  const state = model.random.state();
  const refused = (options: object, message: string, who = model) =>
    assert.rejects(fit(who, checkerboard(4), options), { name: "RangeError", message });
  await refused({ form: "quick" }, 'fit(): form "quick" is unknown; wanted "teaching" or "fast"');
  await refused({ threads: 0 }, "fit(): threads 0 is not an integer of 1 or more");
  await refused({ threads: 65 }, "fit(): threads 65 are more than 64; take one for each core");
  await refused(
    { form: "teaching", threads: 2 },
    'fit(): threads 2, but the teaching form has one; leave threads out, or use the form "fast"',
  );
  await refused(
    { threads: 2 },
    'fit(): threads 2, but the teaching form has one, and compat: "lightfm" knows no other form; leave threads out, or use the form "fast"',
    faithful,
  );
  await refused(
    { form: "fast" },
    'fit(): the form "fast" does not repeat LightFM bit for bit, which compat: "lightfm" asks for; leave one of them out',
    faithful,
  );
  assert.equal(model.learned, undefined);
  assert.deepEqual(model.random.state(), state);
});
