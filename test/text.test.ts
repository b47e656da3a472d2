import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, csvLine, duration, escapeHTML, inWords, shownNumber } from "../lib/text";

test("duration() speaks of tenths, seconds, minutes and hours", () => {
  assert.deepEqual([0, 9949, 9950, 59_499, 59_600, 245_000, 3_900_000].map(duration), [
    "0.0 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min 00 s",
    "4 min 05 s",
    "1 h 05 min",
  ]);
  assert.equal(duration(-5), "0.0 s");
});

test("shownNumber() keeps whole numbers, and four digits of others", () => {
  assert.deepEqual([7, 0.90624, -3.00001, 0.0012345, 0].map(shownNumber), ["7", "0.9062", "-3.0000", "0.001234", "0"]);
});

test("escapeHTML() leaves nothing that could open a tag or end an attribute", () => {
  assert.equal(escapeHTML(`<a href="x" id='y'>&`), "&#60;a href=&#34;x&#34; id=&#39;y&#39;&#62;&#38;");
});

test("counted() speaks of one and of many", () => {
  assert.deepEqual(
    [0, 1, 1234].map((count) => counted(count, "row")),
    ["0 rows", "1 row", "1,234 rows"],
  );
});

test("inWords() splits names as code writes them, and leaves others", () => {
  const names = [
    "outputShape",
    "precisionAtK",
    "precisionAt10",
    "warpAuc",
    "auc",
    "c1",
    "user_id",
    "NDCG at 10",
    "mAP",
  ];
  const words = ["output shape", "precision at k", "precision at 10", "WARP AUC", "AUC", "c1", "user_id", "NDCG at 10", "mAP"]; // prettier-ignore
  assert.deepEqual(names.map(inWords), words);
});

test("csvLine() quotes what would break a line, and lets no text begin like a formula", () => {
  assert.equal(csvLine(["a,b", 'say "x"', -1.5, "-1", "=SUM(A1)", "two\nlines", ""]), `"a,b","say ""x""",-1.5,'-1,'=SUM(A1),"two\nlines",\r\n`); // prettier-ignore
});
