import assert from "node:assert/strict";
import { test } from "node:test";
import { flameGraph } from "../../../lib/chart/flameGraph";

test("flameGraph", () => {
  const step = { name: "step", kind: "file" as const, total: 600, self: 600, children: [] };
  const cell = { name: "cell 1", kind: "cell" as const, total: 800, self: 200, children: [step] };
  const figure = flameGraph([cell]);
  assert.deepEqual(
    figure.data.map(({ name }) => name),
    ["cells", "your files"],
  );
});
