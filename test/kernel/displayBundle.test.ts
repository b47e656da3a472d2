import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";
import { displayBundle } from "../../lib/kernel/displayBundle";
import { valueBundle } from "../../lib/notebook/valueBundle";

test("displayBundle() shows a value whose own inspector fails without it", async () => {
  const value = { a: 1, [inspect.custom]: () => assert.fail("no view") };
  const complaints: unknown[] = [];
  const bundle = await displayBundle(value, { valueBundle, complain: (error) => complaints.push(String(error)) });
  assert.match(String(bundle["text/plain"]), /^\{\s+a: 1,/);
  assert.match(String(complaints), /no view/);
});
