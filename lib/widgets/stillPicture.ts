import { encodePNG } from "../chart/png";
import { escapeHTML } from "../text";
import type { State } from "./buffers";

/** A control where nobody can move it. */
export interface Still {
  html: string;
  text: string;
}

/**
 * A picture of a control as its state has it, made of controls of HTML that are disabled. Undefined for a model that is not of
 * this room.
 *
 * @internal
 */
export function stillPicture(state: Readonly<State>): Still | undefined {
  const { _model_name: name, _anywidget_id: own, description, label, tooltip } = state;
  const title = String(label ?? description ?? "") || String(tooltip ?? "");
  const writer = WRITERS[String(own ?? name)];
  if (!writer) return undefined;
  const { control, text, isTitled } = writer(state);
  const beside = isTitled ? control : labelled(control, title);
  const html = `<div class="atelier-control" style="${LOOK}">${beside}</div>`;
  return { html, text: [title, text].filter(Boolean).join(": ") };
}

const LOOK = "display:flex;gap:8px;align-items:center;font:13px system-ui,sans-serif;padding:2px 0";

/** A control with its title, which screen readers tell too. */
function labelled(control: string, title: string): string {
  if (title === "") return control.replace(" disabled", ' disabled aria-label="without a title"');
  return `<label style="display:contents"><span>${escapeHTML(title)}</span> ${control}</label>`;
}

/** A control, what it says, and whether its title is in it. */
interface Written {
  control: string;
  text: string;
  isTitled?: boolean;
}

const WRITERS: Record<string, (state: Readonly<State>) => Written> = {
  IntSliderModel: ({ min, max, step, value }) => range({ min, max, step, value }, Number(value)),
  FloatSliderModel: ({ min, max, step, value }) => range({ min, max, step, value }, Number(value)),
  FloatLogSliderModel: ({ min, max, step, value }) =>
    range({ min, max, step, value: Math.log10(Number(value)) }, Number(value)),
  DropdownModel: ({ _options_labels: names, index }) => chosen(String((names as string[])[index as number])),
  CheckboxModel: ({ description, value }) => checked(String(description), value === true),
  TextModel: ({ value }) => ({
    control: `<input type="text" disabled${attribute("value", value)}>`,
    text: String(value),
  }),
  TextareaModel: ({ value, rows }) => ({
    control: `<textarea disabled${attribute("rows", rows)}>${escapeHTML(String(value))}</textarea>`,
    text: String(value),
  }),
  ButtonModel: ({ description }) => ({
    control: `<button type="button" disabled>${escapeHTML(String(description))}</button>`,
    text: "",
    isTitled: true,
  }),
  FileUploadModel: ({ value }) => files((value as { name: unknown }[]).map(({ name }) => String(name))),
  FloatProgressModel: ({ value, max }) => bar(Number(value), Number(max)),
  "atelier.clicks": ({ clicked, selected }) => pointed(clicked, selected as unknown[]),
  "atelier.draw": ({ value, width, height }) => drawing(value as Uint8Array, { width, height }),
};

function range(attributes: State, value: number): Written {
  const text = String(Number(value.toPrecision(6)));
  const given = Object.entries(attributes).map(([name, given]) => attribute(name, given));
  return { control: `<input type="range" disabled${given.join("")}> <output>${text}</output>`, text };
}

function chosen(name: string): Written {
  return { control: `<select disabled><option selected>${escapeHTML(name)}</option></select>`, text: name };
}

function checked(title: string, isOn: boolean): Written {
  const box = `<input type="checkbox" disabled${isOn ? " checked" : ""}>`;
  const text = isOn ? "yes" : "no";
  return { control: `<label>${box} ${escapeHTML(title)}</label> <small>${text}</small>`, text, isTitled: true };
}

function files(names: string[]): Written {
  const text = names.join(", ");
  return { control: `<input type="file" disabled> <output>${escapeHTML(text)}</output>`, text: text || "no file" };
}

function bar(value: number, max: number): Written {
  const text = `${Math.round((100 * value) / max)} %`;
  return { control: `<progress${attribute("value", value)}${attribute("max", max)}></progress> ${text}`, text };
}

function pointed(clicked: unknown, selected: unknown[]): Written {
  const { x, y } = (clicked ?? {}) as { x?: unknown; y?: unknown };
  const text = [
    clicked ? `clicked: ${String(x)}, ${String(y)}` : "",
    selected.length > 0 ? `${selected.length} selected` : "",
  ];
  return { control: escapeHTML(text.filter(Boolean).join("; ")), text: text.filter(Boolean).join("; ") };
}

const SHOWN = 140; // dots across, about
const EDGE = "border:1px solid #8088"; // a black field is seen on a black page

function drawing(levels: Uint8Array, { width, height }: State): Written {
  const scale = Math.max(1, Math.round(SHOWN / Number(width)));
  const picture = encodePNG(levels, Number(width), { scale }).toString("base64");
  const text = `a drawing of ${String(width)} x ${String(height)} pixels`;
  return { control: `<img alt="${text}" src="data:image/png;base64,${picture}" style="${EDGE}">`, text };
}

function attribute(name: string, value: unknown): string {
  return ` ${name}="${escapeHTML(String(value))}"`;
}
