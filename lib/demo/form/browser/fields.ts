/// <reference lib="dom" />
import { labelOf } from "../../components/component";
import type { NamedInput } from "../../gradio/endpoint";
import { element } from "../../page/browser/element";
import { type Field, labelled } from "./field";
import { pictureField } from "./pictureField";

/** The field for an input. */
export function makeField(input: NamedInput): Field {
  const id = `input-${input.name}`; // a label may be called as a part of the page is
  const label = labelOf(input);
  switch (input.type) {
    case "image":
      return pictureField(id, label);
    case "checkbox":
      return checkField(id, label);
    case "dropdown":
      return dropdownField(id, label, input.choices);
    case "slider":
      return sliderField(id, label, input);
    default:
      return textField(id, label, input);
  }
}

type Typed = Extract<NamedInput, { type: "text" | "number" | "json" }>;

function textField(id: string, label: string, input: Typed): Field {
  const { type } = input;
  const tall = type === "json" || ("lines" in input && (input.lines ?? 1) > 1);
  const box = tall
    ? element("textarea", { id, rows: ("lines" in input && input.lines) || 3 })
    : element("input", { id, type: type === "number" ? "number" : "text", step: "any", autocomplete: "off" });
  const read = () => {
    if (type === "number") return box.value === "" ? null : Number(box.value);
    return type === "json" ? parse(box.value, label) : box.value;
  };
  const set = (value: unknown) => (box.value = type === "json" ? JSON.stringify(value) : String(value ?? ""));
  return { root: labelled(id, label, box), read, set };
}

function parse(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${label} is no JSON; write [1, 2] or {"name": "value"}, for example.`);
  }
}

function checkField(id: string, label: string): Field {
  const box = element("input", { id, type: "checkbox" });
  const root = element("div", { class: "field" }, element("label", { class: "check", for: id }, box, label));
  return { root, read: () => box.checked, set: (value) => (box.checked = value === true) };
}

function dropdownField(id: string, label: string, choices: readonly string[]): Field {
  const box = element("select", { id }, ...choices.map((choice) => element("option", {}, choice)));
  return { root: labelled(id, label, box), read: () => box.value, set: (value) => (box.value = String(value)) };
}

function sliderField(id: string, label: string, input: { minimum: number; maximum: number; step?: number }): Field {
  const { minimum: min, maximum: max, step = "any" } = input;
  const shown = element("output", { for: id });
  const showValue = () => (shown.textContent = String(Number(Number(box.value).toPrecision(4))));
  const box = element("input", { id, type: "range", min, max, step, oninput: showValue });
  const root = element("div", { class: "field" }, element("label", { for: id }, label, shown), box);
  const set = (value: unknown) => {
    box.value = String(value);
    showValue();
  };
  return { root, read: () => Number(box.value), set };
}
