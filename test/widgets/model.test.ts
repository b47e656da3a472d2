import assert from "node:assert/strict";
import { test } from "node:test";
import { packState, unpackState } from "../../lib/widgets/buffers";
import { controlModel } from "../../lib/widgets/controlModel";
import { newModel } from "../../lib/widgets/model";
import { slider } from "../../lib/widgets/slider";
import { withFrontEnd } from "./fakeFrontEnd";

test("bytes travel apart from the state and come back to their places", () => {
  const [one, two, three] = [1, 2, 3].map((value) => Uint8Array.of(value));
  const state = { x: one, y: { z: [two, 5, null], deep: { u: three } }, plain: "a", none: null };
  const packed = packState(state);
  assert.deepEqual(packed.state, { y: { z: [null, 5, null], deep: {} }, plain: "a", none: null });
  assert.deepEqual(packed.buffer_paths, [["x"], ["y", "z", 0], ["y", "deep", "u"]]);
  assert.deepEqual(packed.buffers, [one, two, three]);
  assert.deepEqual(unpackState(packed), state);
  const odd = unpackState({
    state: {},
    buffer_paths: [["__proto__", "x"], ["__proto__"], ["a", "b"]],
    buffers: [one, one, one],
  });
  assert.deepEqual([odd, ({} as { x?: unknown }).x], [{}, undefined]);
});

test("a front end that comes later gets one state, or all", () =>
  withFrontEnd(({ shown, say, open, states, told }) => {
    const rate = slider({ min: 0, max: 9, value: 3 });
    const id = shown(rate);
    states.clear();
    told.length = 0;
    say(id, { method: "request_state" });
    assert.equal(states.get(id)?.value, 3);
    const [all] = open("jupyter.widget.control", { method: "request_states" });
    const { model_name, model_module, model_module_version, state } = all[id] as Record<string, unknown>;
    assert.deepEqual(
      [Object.keys(all).length, model_name, model_module, model_module_version, (state as { value: number }).value],
      [3, "IntSliderModel", "@jupyter-widgets/controls", "2.0.0", 3],
    );
    assert.deepEqual(open("jupyter.widget.control", { method: "other" }), []);
  }));

test("a model takes only what it has, and nothing from the prototype", () =>
  withFrontEnd(({ move, told }) => {
    const model = newModel({ value: 1 });
    assert.equal(model.open(), true);
    const heard: object[] = [];
    model.onChange((changes) => heard.push(changes));
    told.length = 0;
    move(model.id, JSON.parse('{"value": 2, "other": 3, "__proto__": {"value": 4}}'));
    assert.deepEqual([model.state, heard, told], [{ value: 2 }, [{ value: 2 }], ["echo_update value"]]);
  }));

test("a closed model is not there any more; shown again, it is; one that a front end closes can be shown again too", () =>
  withFrontEnd(({ states, shown, close, open }) => {
    const rate = slider({ min: 0, max: 9 });
    const id = shown(rate);
    rate.close();
    rate.value = 4;
    assert.equal(states.has(id), false);
    assert.equal(shown(rate), id);
    assert.equal(states.get(id)?.value, 4);
    close(id);
    assert.equal(id in open("jupyter.widget.control", { method: "request_states" })[0], false);
    shown(rate);
    assert.equal(id in open("jupyter.widget.control", { method: "request_states" })[0], true);
  }));

test("outside of the kernel nothing is opened", () => {
  assert.equal(controlModel({ name: "Text", state: {} }).open(), false);
});
