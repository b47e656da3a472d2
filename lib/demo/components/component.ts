import type { Photo } from "../photo/photo";
import type { Grey } from "../photo/areaAverage";

/** What a person gives. The words are those of Gradio; an image is made smaller until its edges are `longest`, 640 pixels. */
export type Input =
  | { type: "image"; label?: string; longest?: number }
  | { type: "text"; label?: string; value?: string; lines?: number }
  | { type: "number"; label?: string; value?: number; minimum?: number; maximum?: number; whole?: boolean }
  | { type: "slider"; label?: string; value?: number; minimum: number; maximum: number; step?: number }
  | { type: "checkbox"; label?: string; value?: boolean }
  | { type: "dropdown"; label?: string; value?: string; choices: readonly string[] }
  | { type: "json"; label?: string; value?: unknown };

/** What a person gets. */
export type Output =
  | { type: "label"; label?: string; count?: number }
  | { type: "image"; label?: string }
  | { type: "gallery"; label?: string }
  | { type: "text"; label?: string }
  | { type: "number"; label?: string }
  | { type: "json"; label?: string }
  | { type: "table"; label?: string }
  | { type: "plot"; label?: string };

/** What a function receives for each kind of input. */
export interface InputValues {
  image: Photo;
  text: string;
  number: number;
  slider: number;
  checkbox: boolean;
  dropdown: string;
  json: unknown;
}

/** A picture to be shown: grey or coloured levels, or a file (PNG, JPEG, WebP, GIF). */
export type Picture = Grey | Photo | Uint8Array;

/** What a function returns for each kind of output. */
export interface OutputValues {
  /** A class, or how likely each class is, from 0 to 1. */
  label: string | Readonly<Record<string, number>>;
  image: Picture;
  gallery: readonly { readonly image: Picture; readonly caption?: string }[];
  text: string;
  number: number;
  json: unknown;
  /** Rows with the same names, or a table of arquero. */
  table: readonly object[] | { columnNames(): string[]; objects(): object[] };
  /** A Plotly figure. */
  plot: { readonly data: readonly object[]; readonly layout: object; readonly config?: object };
}

/** What stands over a component where it says nothing itself. */
export function labelOf({ type, label }: Input | Output): string {
  return label ?? (type === "json" ? "JSON" : `${type[0].toUpperCase()}${type.slice(1)}`);
}

/** What an input holds before anybody has changed it. */
export function defaultOf(input: Input): unknown {
  if (input.type === "image") return null;
  if (input.value !== undefined) return input.value;
  if (input.type === "slider") return input.minimum;
  if (input.type === "checkbox") return false;
  if (input.type === "dropdown") return input.choices[0];
  return input.type === "text" ? "" : null;
}
