import assert from "node:assert/strict";
import { test } from "node:test";
import { checkbox } from "../../lib/widgets/checkbox";
import { interact } from "../../lib/widgets/interact";
import { slider } from "../../lib/widgets/slider";
import { inFakeKernel } from "../notebook/fakeKernel";
import { withFrontEnd } from "./fakeFrontEnd";

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("interact() shows the controls and the result, which is replaced as they move", async () => {
  const shown = await inFakeKernel(() =>
    withFrontEnd(async ({ shown: idOf, move }) => {
      const controls = { weeks: slider({ min: 1, max: 9 }), on: checkbox() };
      assert.equal(
        interact(({ weeks, on }) => `${weeks.toFixed()} ${on}`, controls),
        undefined,
      );
      move(idOf(controls.weeks), { value: 5 });
      await settled();
      controls.on.value = true;
      await settled();
    }),
  );
  const [first, second, ...results] = shown;
  for (const { data } of [first, second]) assert.ok("application/vnd.jupyter.widget-view+json" in data);
  assert.deepEqual(
    results.map(({ data, update }) => [data["text/plain"], update]),
    [
      ["1 false", false],
      ["5 false", true],
      ["5 true", true],
    ],
  );
  assert.equal(new Set(results.map(({ id }) => id)).size, 1);
});

test("while an asynchronous function works, later moves wait, and the last of them counts", async () => {
  const seen: number[] = [];
  const shown = await inFakeKernel(async () => {
    const x = slider({ min: 0, max: 99 });
    const first = interact(
      async (values) => {
        seen.push(values.x);
        await settled();
        return values.x;
      },
      { x },
    );
    for (const value of [1, 2, 3]) x.value = value;
    await first;
    for (const value of [4, 5, 6]) x.value = value;
    while (seen.at(-1) !== 6) await settled();
    await settled();
    await settled();
  });
  assert.deepEqual(
    seen.filter((value) => value !== 3 && value !== 4),
    [0, 6],
  );
  assert.ok(seen.length <= 4, seen.join());
  assert.equal(shown.at(-1)?.data["text/plain"], "6");
});

test("what fails the first time fails the cell; later it is shown in the result's place, and can recover", async () => {
  const x = slider({ min: 0, max: 9 });
  const f = ({ x: value }: { x: number }) => {
    if (value > 5) throw new RangeError(`<${value}> is too much`);
    return value;
  };
  const shown = await inFakeKernel(() =>
    withFrontEnd(async () => {
      interact(f, { x });
      x.value = 6;
      await settled();
      x.value = 4;
      await settled();
    }),
  );
  const [, , failed, fine] = shown;
  assert.deepEqual([failed.data["text/plain"], failed.update], ["RangeError: <6> is too much\nin cell 1", true]);
  assert.match(
    String(failed.data["text/html"]),
    /^<pre style="[^"]*">RangeError: &#60;6&#62; is too much\nin cell 1<\/pre>$/,
  );
  assert.equal(fine.data["text/plain"], "4");
  await inFakeKernel(() => void (x.value = 7));
  await inFakeKernel(() => assert.throws(() => interact(f, { x }), { message: "<7> is too much" }));
  await inFakeKernel(() =>
    assert.rejects(async () => interact(async (values) => f(values), { x }), { message: "<7> is too much" }),
  );
});

test("a function that gives nothing shows nothing, and takes away what was there", async () => {
  const x = slider({ min: 0, max: 9 });
  const shown = await inFakeKernel(async () => {
    interact((values) => (values.x === 1 ? "one" : undefined), { x });
    for (const value of [2, 1, 3]) {
      x.value = value;
      await settled();
    }
  });
  assert.deepEqual(
    shown.slice(1).map(({ data }) => data["text/plain"]),
    ["one", ""],
  );
});
