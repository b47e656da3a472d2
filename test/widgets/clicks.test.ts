import assert from "node:assert/strict";
import { test } from "node:test";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { clicks } from "../../lib/widgets/clicks";
import { inFakeKernel } from "../notebook/fakeKernel";
import { withFrontEnd } from "./fakeFrontEnd";

test("clicks() shows the figure with a mark, and a line that hears what is pointed at", async () => {
  const figure = probabilityBars([0.2, 0.8], ["Coat", "Bag"]);
  const shown = await inFakeKernel(() =>
    withFrontEnd(async ({ shown: idOf, states, move }) => {
      const picked = clicks(figure);
      const id = idOf(picked);
      assert.deepEqual(picked.value, { selected: [] });
      const next = picked.next();
      const point = { trace: 0, index: 1, x: 0.8, y: "Bag" };
      move(id, { clicked: point });
      assert.deepEqual(await next, { clicked: point, selected: [] });
      move(id, { selected: [point, point] });
      assert.equal(picked.value.selected.length, 2);
      picked.value = { selected: [] };
      assert.deepEqual([states.get(id)?.clicked, picked.value], [null, { selected: [] }]);
    }),
  );
  const { layout } = shown[0].data["application/vnd.plotly.v1+json"] as { layout: { meta: { clicks: string } } };
  assert.match(layout.meta.clicks, /^[\w-]{36}$/);
  assert.equal((figure.layout as { meta?: { clicks?: string } }).meta?.clicks, undefined);
});
