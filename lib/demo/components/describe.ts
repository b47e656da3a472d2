import { type Input, labelOf, type Output } from "./component";

/** How Gradio's clients know a component. */
export interface Description {
  /** In Gradio's own words. */
  component: string;
  /** JSON Schema of its values. */
  schema: Record<string, unknown>;
  /** The same for readers of Python. */
  pythonType: string;
  example: unknown;
}

type Kind = Input | Output;

/** Gradio's description of a component. */
export function describe(component: Kind): Description {
  return (DESCRIPTIONS[component.type] as (component: Kind) => Description)(component);
}

/** What a component's properties are called in Gradio's config. */
export function propsOf(component: Kind): Record<string, unknown> {
  const { type, choices, count, lines, ...rest } = {
    choices: undefined,
    count: undefined,
    lines: undefined,
    ...component,
  };
  return {
    ...rest,
    ...(choices && { choices: choices.map((choice) => [choice, choice]) }),
    ...(type === "label" && { num_top_classes: count ?? null }),
    ...(lines && { lines }),
    label: labelOf(component),
    name: describe(component).component.toLowerCase(),
  };
}

const FILE = {
  type: "object",
  properties: {
    path: { type: "string" },
    url: { type: ["string", "null"] },
    orig_name: { type: ["string", "null"] },
    mime_type: { type: ["string", "null"] },
    meta: { type: "object", properties: { _type: { type: "string", const: "gradio.FileData" } } },
  },
  required: ["path"],
  title: "ImageData",
};

/** A number that the input takes. */
function nearestToOne(component: Extract<Kind, { type: "number" }>): number {
  const { minimum = -Infinity, maximum = Infinity } = component as { minimum?: number; maximum?: number };
  return Math.min(Math.max(1, minimum), maximum);
}

const DESCRIPTIONS: { [Type in Kind["type"]]: (component: Extract<Kind, { type: Type }>) => Description } = {
  image: () => ({
    component: "Image",
    schema: FILE,
    pythonType:
      "dict(path: str, url: str | None, orig_name: str | None, meta: dict(_type: Literal['gradio.FileData']))",
    example: { path: "photo.png", meta: { _type: "gradio.FileData" } },
  }),
  gallery: () => ({
    component: "Gallery",
    schema: {
      type: "array",
      items: { type: "object", properties: { image: FILE, caption: { type: ["string", "null"] } } },
    },
    pythonType: "list[dict(image: dict, caption: str | None)]",
    example: [],
  }),
  text: () => ({ component: "Textbox", schema: { type: "string" }, pythonType: "str", example: "Hello" }),
  number: (component) => ({
    component: "Number",
    schema: { type: "whole" in component && component.whole ? "integer" : "number" },
    pythonType: "float",
    example: ("value" in component ? component.value : undefined) ?? nearestToOne(component),
  }),
  slider: ({ minimum, maximum }) => ({
    component: "Slider",
    schema: { type: "number", minimum, maximum, description: `numeric value between ${minimum} and ${maximum}` },
    pythonType: "float",
    example: minimum,
  }),
  checkbox: () => ({ component: "Checkbox", schema: { type: "boolean" }, pythonType: "bool", example: true }),
  dropdown: ({ choices }) => ({
    component: "Dropdown",
    schema: { type: "string", enum: choices },
    pythonType: "str",
    example: choices[0],
  }),
  json: () => ({
    component: "JSON",
    schema: { type: {}, description: "any valid json" },
    pythonType: "dict | list | str | float | bool | None",
    example: {},
  }),
  label: () => ({
    component: "Label",
    schema: {
      type: "object",
      properties: {
        label: { type: "string" },
        confidences: {
          type: "array",
          items: { type: "object", properties: { label: { type: "string" }, confidence: { type: "number" } } },
        },
      },
      required: ["label"],
      title: "LabelData",
    },
    pythonType: "dict(label: str, confidences: list[dict(label: str, confidence: float)] | None)",
    example: { label: "Bag", confidences: [{ label: "Bag", confidence: 1 }] },
  }),
  table: () => ({
    component: "Dataframe",
    schema: {
      type: "object",
      properties: {
        headers: { type: "array", items: { type: "string" } },
        data: { type: "array", items: { type: "array" } },
      },
    },
    pythonType: "dict(headers: list[str], data: list[list], metadata: dict | None)",
    example: { headers: ["a"], data: [[1]], metadata: null },
  }),
  plot: () => ({
    component: "Plot",
    schema: { type: "object", properties: { type: { type: "string" }, plot: { type: "string" } } },
    pythonType: "dict(type: Literal['plotly'], plot: str)",
    example: null,
  }),
};
