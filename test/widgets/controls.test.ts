import assert from "node:assert/strict";
import { test } from "node:test";
import { button } from "../../lib/widgets/button";
import { checkbox } from "../../lib/widgets/checkbox";
import { draw } from "../../lib/widgets/draw";
import { progress } from "../../lib/widgets/progress";
import { select } from "../../lib/widgets/select";
import { slider } from "../../lib/widgets/slider";
import { text } from "../../lib/widgets/text";
import { upload } from "../../lib/widgets/upload";
import { withFrontEnd } from "./fakeFrontEnd";

type Shown = Record<string, string>;
const bundle = (widget: object) => (widget as Record<symbol, () => Shown>)[Symbol.for("Jupyter.display")]();
const plain = (widget: object) => bundle(widget)["text/plain"];
const html = (widget: object) => bundle(widget)["text/html"].replace(/<div class="atelier-control"[^>]*>|<\/div>/g, "");

/** Each kind of control, its model, what a person changes, and the value that comes of it. */
const bytes = Uint8Array.of(1, 2, 3);
const KINDS: [string, () => { value: unknown }, Record<string, unknown>, unknown][] = [
  ["IntSlider", () => slider({ min: 0, max: 10 }), { value: 7 }, 7],
  ["IntSlider", () => slider({ min: 0, max: 10, step: 2, value: 4 }), { value: 6 }, 6],
  ["FloatSlider", () => slider({ min: 0, max: 1 }), { value: 0.25 }, 0.25],
  ["FloatSlider", () => slider({ min: 0, max: 10, step: 0.5 }), { value: 2.5 }, 2.5],
  ["FloatLogSlider", () => slider({ min: 0.001, max: 1, value: 0.01, scale: "log" }), { value: 0.1 }, 0.1],
  ["Dropdown", () => select({ options: ["shirt", "coat"] }), { index: 1 }, "coat"],
  ["Dropdown", () => select({ options: { few: 1, many: 100 }, value: 100 }), { index: 0 }, 1],
  ["Checkbox", () => checkbox(), { value: true }, true],
  ["Text", () => text({ placeholder: "name" }), { value: "Ada" }, "Ada"],
  ["Textarea", () => text({ lines: 3 }), { value: "a\nb" }, "a\nb"],
  ["FloatProgress", () => progress(), { value: 0.5 }, 0.5],
  [
    "FileUpload",
    () => upload(),
    { value: [{ name: "a.png", type: "image/png", size: 3, last_modified: 5, content: bytes }] },
    [{ name: "a.png", type: "image/png", bytes, lastModified: new Date(5) }],
  ],
];

for (const [name, make, moved, value] of KINDS)
  test(`a ${name} is known to front ends by its model, follows them and tells of it`, () =>
    withFrontEnd(async ({ states, shown, move, told }) => {
      const widget = make() as ReturnType<typeof slider>;
      const id = shown(widget);
      const state = states.get(id)!;
      assert.deepEqual(
        [state._model_name, state._model_module, state._model_module_version, state._view_module_version],
        [`${name}Model`, "@jupyter-widgets/controls", "2.0.0", "2.0.0"],
      );
      assert.equal(state._view_name, name === "FloatProgress" ? "ProgressView" : `${name}View`);
      for (const part of ["layout", "style"])
        assert.match(
          String(states.get(String(state[part]).replace("IPY_MODEL_", ""))?._model_name),
          new RegExp(part, "i"),
        );
      const heard: unknown[] = [];
      const next = widget.next();
      widget.onChange((now) => heard.push(now));
      told.length = 0;
      move(id, moved);
      assert.deepEqual([widget.value, heard, await next], [value, [value], value]);
      assert.deepEqual(told, name === "FileUpload" ? [] : [`echo_update ${Object.keys(moved).join()}`]);
    }));

test("what code sets moves every front end, and listeners hear of it, of the same value not", () =>
  withFrontEnd(({ states, shown, told }) => {
    const epochs = slider({ min: 1, max: 9 });
    const kind = select({ options: { a: 1, b: 2 } });
    const [first, second] = [shown(epochs), shown(kind)];
    const heard: number[] = [];
    const end = new AbortController();
    epochs.onChange((value) => heard.push(value), { signal: end.signal });
    told.length = 0;
    epochs.value = 5;
    epochs.value = 5;
    kind.value = 2;
    end.abort();
    epochs.onChange((value) => heard.push(value), { signal: end.signal });
    epochs.value = 6;
    assert.deepEqual([heard, states.get(first)?.value, states.get(second)?.index], [[5], 6, 1]);
    assert.deepEqual(told, ["update value", "update value", "update index", "update value"]);
  }));

test("a button counts; a click settles next()", () =>
  withFrontEnd(async ({ shown, say, move }) => {
    const go = button({ label: "Train" });
    const id = shown(go);
    const next = go.next();
    say(id, { method: "custom", content: { event: "other" } });
    move(id, { description: "x" });
    assert.equal(go.value, 0);
    say(id, { method: "custom", content: { event: "click" } });
    assert.deepEqual([go.value, await next], [1, 1]);
  }));

test("a drawing travels as bytes; one of another size is put back", () =>
  withFrontEnd(({ states, shown, move }) => {
    const pad = draw({ width: 3, height: 2 });
    const id = shown(pad);
    const levels = Uint8Array.of(0, 1, 2, 3, 4, 255);
    move(id, { value: levels });
    assert.deepEqual(pad.value, levels);
    move(id, { value: Uint8Array.of(1) });
    assert.deepEqual([pad.value, states.get(id)?.value], [levels, levels]);
  }));

test("what a front end sets that is no value of the control is put back", () =>
  withFrontEnd(({ states, shown, move }) => {
    const rate = slider({ min: 0, max: 1, value: 0.5 });
    const kind = select({ options: ["a", "b"] });
    const heard: unknown[] = [];
    for (const one of [rate, kind] as const) (one as typeof rate).onChange((value) => heard.push(value));
    move(shown(rate), { value: "high" });
    move(shown(kind), { index: 7 });
    assert.deepEqual([rate.value, kind.value, heard], [0.5, "a", []]);
    assert.deepEqual([states.get(shown(rate))?.value, states.get(shown(kind))?.index], [0.5, 0]);
    move(shown(rate), { value: 1.0000000000000002 }); // a scale's last digit
    assert.equal(rate.value, 1);
  }));

test("of moves that come while one is worked on, for await gives the last", () =>
  withFrontEnd(async ({ shown, move }) => {
    const rate = slider({ min: 0, max: 9 });
    const id = shown(rate);
    const seen: number[] = [];
    setTimeout(() => [1, 2, 3].forEach((value) => move(id, { value })));
    for await (const value of rate) {
      seen.push(value);
      if (value === 9) break;
      [4, 5, 9].forEach((next) => move(id, { value: next }));
      await null;
    }
    move(id, { value: 1 });
    assert.deepEqual(seen, [3, 9]);
  }));

test("without a kernel a control has its value and shows a still picture", () => {
  const rate = slider({ label: "Learning rate", min: 0.001, max: 1, value: 0.01, scale: "log" });
  rate.value = 0.1;
  assert.deepEqual(Object.keys(bundle(rate)), ["text/html", "text/plain"]);
  assert.equal(plain(rate), "Learning rate: 0.1");
  assert.equal(
    html(rate),
    '<label style="display:contents"><span>Learning rate</span> <input type="range" disabled min="-3" max="0" step="0.1" value="-1"> <output>0.1</output></label>',
  );
  assert.equal(
    html(select({ options: ["<a>", "b"] })),
    '<select disabled aria-label="without a title"><option selected>&#60;a&#62;</option></select>',
  );
  const on = checkbox({ label: "Augment", value: true });
  assert.deepEqual(
    [html(on), plain(on)],
    ['<label><input type="checkbox" disabled checked> Augment</label> <small>yes</small>', "Augment: yes"],
  );
  assert.equal(
    html(text({ value: 'a"b' })),
    '<input type="text" disabled aria-label="without a title" value="a&#34;b">',
  );
  assert.equal(
    html(text({ value: "</textarea>", lines: 2 })),
    '<textarea disabled aria-label="without a title" rows="2">&#60;/textarea&#62;</textarea>',
  );
  assert.deepEqual([html(button({ label: "Go" })), plain(button({ label: "Go" }))], ['<button type="button" disabled>Go</button>', "Go"]); // prettier-ignore
  assert.equal(plain(progress({ label: "Done", max: 4, value: 1 })), "Done: 25 %");
  assert.match(
    html(upload({ label: "Photo" })),
    /^<label style="display:contents"><span>Photo<\/span> <input type="file" disabled> <output><\/output>/,
  );
  assert.match(html(draw({ label: "Shirt" })), /<img alt="a drawing of 28 x 28 pixels" src="data:image\/png;base64,/);
});

test("values that a control cannot have are refused with what would do", () => {
  const refused: [() => unknown, string][] = [
    [() => slider({ min: 2, max: 1 }), "slider(): min is 2 and max 1; min is to be below max"],
    [() => slider({ min: 0, max: 1, step: 0 }), "slider(): step is 0; give a number above 0"],
    [() => slider({ min: 0, max: 1, value: 2 }), "slider(): value is 2; give a number from 0 to 1"],
    [() => slider({ min: 0, max: 1, scale: "log" }), "slider(): min is 0, but a scale of powers begins above 0; give a larger min"], // prettier-ignore
    [() => (slider({ min: 0, max: 1 }).value = NaN), "slider(): value is NaN; give a number from 0 to 1"],
    [() => select({ options: [] }), "select(): there are no options; give at least one"],
    [() => (select<string>({ options: ["a", "b"] }).value = "c"), "select(): the value c is none of the options; give one of a, b"], // prettier-ignore
    [() => (progress().value = 2), "progress(): value is 2; give a number from 0 to 1"],
    [() => draw({ width: 2, height: 2, value: bytes }), "draw(): 3 levels came; give 2 x 2 = 4"],
  ];
  for (const [attempt, message] of refused) assert.throws(attempt, { name: "RangeError", message });
});
