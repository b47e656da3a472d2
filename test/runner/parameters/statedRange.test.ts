import assert from "node:assert/strict";
import { test } from "node:test";
import { fitParameters } from "../../../lib/runner/parameters/fitParameters";
import { readParameters } from "../../../lib/runner/parameters/readParameters";
import { statedRange } from "../../../lib/runner/parameters/statedRange";
import { code, notebookOf } from "../samples";

test("statedRange() reads the range out of a comment, if the default lies in it", () => {
  assert.deepEqual(statedRange(" passes over the images, 1 to 1,000", 10), { least: 1, most: 1000, whole: true });
  assert.deepEqual(statedRange(" of Adam, 1e-6 to 0.5; smaller is slower", 0.001), { least: 1e-6, most: 0.5, whole: false }); // prettier-ignore
  assert.deepEqual(statedRange(" customers, at least 300", 800), { least: 300, most: Infinity, whole: true });
  assert.deepEqual(statedRange(" degrees from -5", 0), { least: -5, most: Infinity, whole: true });
  for (const comment of [" rows 3 to 5 of the table", " up to 9", " 1 of 9 to come", ""])
    assert.equal(statedRange(comment, 42), undefined, comment);
  assert.equal(statedRange(" 1 to 5", "3"), undefined);
});

test("fitParameters() refuses a number outside of the range that its comment states", () => {
  const source =
    "const epochs: number = 10; // passes, 1 to 1000\nconst rate = 0.1; /* 0 to 1 */\nconst free = 1; // as many as you like";
  const parameters = readParameters(notebookOf(code(source, "parameters")));
  const refused = (values: Record<string, unknown>, text: string) =>
    assert.throws(() => fitParameters(parameters, values, assert.fail), new RangeError(text));
  refused({ epochs: -1 }, "The parameter epochs is -1; a whole number from 1 to 1000 is wanted");
  refused({ epochs: 2.5 }, "The parameter epochs is 2.5; a whole number from 1 to 1000 is wanted");
  refused({ epochs: "3" }, 'The parameter epochs is "3"; a whole number from 1 to 1000 is wanted');
  refused({ rate: 2 }, "The parameter rate is 2; a number from 0 to 1 is wanted");
  fitParameters(parameters, { epochs: 1000, rate: 0.25, free: -7.5 }, assert.fail);
});
