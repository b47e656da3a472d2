import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook } from "../../lib/runner/parseNotebook";
import { joinedTexts } from "../../lib/site/joinedTexts";

test("texts of a notebook are joined, and lists within JSON stay", () => {
  const figure = { data: [{ text: ["a", "b"] }] };
  const outputs = [
    { output_type: "stream", name: "stdout", text: ["one\n", "two"] },
    { output_type: "display_data", data: { "text/html": ["<b>", "</b>"], "application/vnd.plotly.v1+json": figure } },
    { output_type: "error", ename: "E", evalue: "", traceback: ["1", "2"] },
  ];
  const file = {
    nbformat: 4,
    cells: [
      { cell_type: "markdown", source: ["# A\n", "b"] },
      { cell_type: "code", source: "1", outputs },
    ],
  };
  const [markdown, code] = JSON.parse(joinedTexts(parseNotebook(JSON.stringify(file)))).cells;
  assert.equal(markdown.source, "# A\nb");
  assert.equal(code.source, "1");
  assert.equal(code.outputs[0].text, "one\ntwo");
  assert.deepEqual(code.outputs[1].data, { "text/html": "<b></b>", "application/vnd.plotly.v1+json": figure });
  assert.deepEqual(code.outputs[2].traceback, ["1", "2"]);
});
