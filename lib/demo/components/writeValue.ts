import type { Files } from "../web/files";
import { labelOf, type Output, type OutputValues, type Picture } from "./component";
import { encodePicture } from "./encodePicture";

/** A file as Gradio's clients know it. */
export interface FileData {
  path: string;
  url: string;
  orig_name: string;
  mime_type: string;
  size: number;
  is_stream: false;
  meta: { _type: "gradio.FileData" };
}

/** Where pictures of answers go. */
export interface WriteContext {
  made: Files;
  /** The address of a kept file, by its path. */
  addressOf(path: string): string;
}

/** What a client is sent for what a function returned. Throws a TypeError that names the output and what is wanted. */
export async function writeValue(output: Output, value: unknown, context: WriteContext): Promise<unknown> {
  const write = WRITERS[output.type] as (value: unknown, context: WriteContext, output: Output) => unknown;
  return value === undefined || value === null ? null : write(value, context, output);
}

type Writers = {
  [Type in Output["type"]]: (value: OutputValues[Type], context: WriteContext, output: Output) => unknown;
};

const WRITERS: Writers = {
  label: (value, _, output) => writeLabel(value, output as Extract<Output, { type: "label" }>),
  image: writePicture,
  gallery: (value, context, output) =>
    Promise.all(
      asArray(value, output).map(async ({ image, caption = null }) => ({
        image: await writePicture(image, context),
        caption,
      })),
    ),
  text: (value) => String(value),
  number: (value, _, output) => {
    if (typeof value !== "number") throw wrong(output, "a number", value);
    return value;
  },
  json: (value) => value,
  table: (value, _, output) => writeTable(value, output),
  plot: ({ data, layout, config }) => ({ type: "plotly", plot: JSON.stringify({ data, layout, config }) }),
};

function writeLabel(value: OutputValues["label"], output: Extract<Output, { type: "label" }>) {
  const { count = Infinity } = output;
  if (typeof value === "string") return { label: value, confidences: null };
  if (typeof value !== "object" || !Object.values(value).every(Number.isFinite))
    throw wrong(output, "the name of a class, or a number for each class", value);
  const sorted = Object.entries(value).sort(([, a], [, b]) => b - a);
  const confidences = sorted.slice(0, count).map(([label, confidence]) => ({ label, confidence }));
  return { label: sorted[0]?.[0] ?? "", confidences };
}

function writeTable(value: OutputValues["table"], output: Output) {
  if (typeof value !== "object") throw wrong(output, "a list of rows or a table", value);
  const rows = "columnNames" in value ? value.objects() : asArray(value, output);
  const headers = "columnNames" in value ? value.columnNames() : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const data = rows.map((row) => headers.map((name) => (row as Record<string, unknown>)[name] ?? null));
  return { headers, data, metadata: null };
}

async function writePicture(value: Picture, { made, addressOf }: WriteContext): Promise<FileData> {
  const { bytes, type } = await encodePicture(value);
  const name = `picture.${type}`;
  const path = made.keep({ name, type: `image/${type}`, bytes });
  const file = { path, url: addressOf(path), orig_name: name, mime_type: `image/${type}`, size: bytes.length };
  return { ...file, is_stream: false, meta: { _type: "gradio.FileData" } };
}

function asArray<T>(value: readonly T[], output: Output): readonly T[] {
  if (Array.isArray(value)) return value;
  throw wrong(output, "an array", value);
}

function wrong(output: Output, wanted: string, value: unknown): TypeError {
  return new TypeError(`The function returned ${typeof value} for ${labelOf(output)}; ${wanted} is wanted.`);
}
