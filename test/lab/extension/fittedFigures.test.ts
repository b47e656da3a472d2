import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { themed } from "../../../lib/chart/theme";
import { fittedFigures } from "../../../lib/lab/extension/fittedFigures";

const PLOTLY = "application/vnd.plotly.v1+json";
const TITLE = "A title that needs more than one line in a narrow place";
const { data, layout } = themed([], TITLE, { height: 200, meta: { minWidth: 300 } });

interface Drawn {
  how: "rendered" | "drawn again";
  model: { data: Record<string, unknown>; setData(options: object): void };
}

const drawn: Drawn[] = [];
const kept: object[] = [];
let resized = () => {};

beforeEach(() => {
  drawn.length = kept.length = 0;
  Object.assign(globalThis, {
    ResizeObserver: class {
      constructor(hear: () => void) {
        resized = hear;
      }
      observe() {}
    },
  });
});

after(() => Reflect.deleteProperty(globalThis, "ResizeObserver"));

/** A figure that Plotly's extension would draw, in a notebook of so many pixels. */
function newRenderer(notebook: number) {
  const edges = { left: 0, right: 0 };
  const place = (width: number) => {
    edges.right = width;
    resized();
  };
  const parentElement = { getBoundingClientRect: () => edges };
  const node = { style: {} as Record<string, string>, getBoundingClientRect: () => edges, parentElement };
  const plotly = {
    createRenderer: () => ({
      node,
      renderModel: async (model: Drawn["model"]) => void drawn.push({ how: "rendered", model }),
      createGraph: async (model: Drawn["model"]) => void drawn.push({ how: "drawn again", model }),
    }),
  };
  let factory = plotly;
  const rendermime = { getFactory: () => plotly, addFactory: (given: typeof plotly) => (factory = given) };
  fittedFigures({ content: { node: { clientWidth: notebook }, rendermime } } as never);
  return { node, place, renderer: factory.createRenderer() };
}

const newOutput = () => ({
  data: { [PLOTLY]: structuredClone({ data, layout }), "image/png": "of the wide form" },
  metadata: {},
  trusted: true,
  setData: (options: object) => kept.push(options),
});

const titleOf = ({ model }: Drawn) => (model.data[PLOTLY] as { layout: typeof layout }).layout.title?.text;

test("a figure is drawn in its form for the notebook's width, and in the other one when its room changes", async () => {
  const { node, place, renderer } = newRenderer(900);
  const output = newOutput();
  await renderer.renderModel(output);
  assert.equal(drawn[0].model, output);
  assert.equal(node.style.minWidth, "366px");
  place(800);
  place(340);
  place(345);
  place(700);
  assert.deepEqual(drawn.map(({ how }) => how), ["rendered", "drawn again", "drawn again"]); // prettier-ignore
  assert.deepEqual(drawn.map((one) => titleOf(one)?.includes("<br>")), [false, true, false]); // prettier-ignore
});

test("what Plotly writes into a figure as it draws it, and the picture that it keeps, stay with their form", async () => {
  const { place, renderer } = newRenderer(340);
  await renderer.renderModel(newOutput());
  const [{ model }] = drawn;
  assert.ok(titleOf(drawn[0])?.includes("<br>"));
  assert.deepEqual(Object.keys(model.data), [PLOTLY]); // else Plotly's extension shows the picture alone
  model.setData({ data: { "image/png": "of the narrow form" } });
  (model.data[PLOTLY] as { layout: object }).layout = {};
  place(700);
  assert.equal(titleOf(drawn[1]), TITLE);
  drawn[1].model.setData({ data: {} });
  assert.deepEqual(kept, [{ data: {} }]);
});

test("a figure with a little too little room is drawn smaller, and one with much less is as wide as its labels need", async () => {
  const { node, place, renderer } = newRenderer(340);
  await renderer.renderModel(newOutput());
  place(333);
  const { height } = (drawn[0].model.data[PLOTLY] as { layout: typeof layout }).layout;
  assert.deepEqual(
    [node.style.transform, node.style.margin],
    [`scale(${333 / 366})`, `0 -33px ${(333 / 366 - 1) * height}px 0`],
  );
  place(380);
  assert.deepEqual([node.style.transform, node.style.margin], ["", ""]);
  place(200);
  assert.deepEqual([node.style.transform, node.style.minWidth], ["", "366px"]);
  assert.equal(drawn.length, 1);
});

test("a notebook without Plotly's extension is left as it is", () => {
  const rendermime = { getFactory: () => undefined, addFactory: () => assert.fail("no factory to add") };
  fittedFigures({ content: { node: {}, rendermime } } as never);
});
