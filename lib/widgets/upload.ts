import { type ControlOptions, controlModel } from "./controlModel";
import { newWidget, type Widget } from "./widget";

/** A file that was given. */
export interface UploadedFile {
  name: string;
  /** As in "image/png"; empty where the browser does not know it. */
  type: string;
  bytes: Uint8Array;
  lastModified: Date;
}

/** Options of `upload`. */
export interface UploadOptions extends ControlOptions {
  /** Which files can be chosen, as in ".csv,image/*"; default all. */
  accept?: string;
  /** Whether several can be chosen at a time; default false. */
  multiple?: boolean;
}

/** A file of the person at the browser, which code then has as bytes. Its value is a list, empty at first. */
export function upload(options: UploadOptions = {}): Widget<UploadedFile[]> {
  const { label = "Upload", accept = "", multiple = false } = options;
  const state = { description: label, accept, multiple, value: [], error: "" };
  const model = controlModel({ name: "FileUpload", style: "ButtonStyleModel", state }, { echo: false });
  return newWidget<UploadedFile[]>(model, {
    read: ({ value }) => (Array.isArray(value) ? value.flatMap(toFile) : undefined),
    write: (files) => ({ value: files.map(fromFile) }),
  });
}

function toFile(given: unknown): UploadedFile[] {
  const { name, type, content, last_modified } = given as Record<string, unknown>;
  if (!(content instanceof Uint8Array)) return [];
  return [
    { name: String(name), type: String(type ?? ""), bytes: content, lastModified: new Date(Number(last_modified)) },
  ];
}

function fromFile({ name, type, bytes, lastModified }: UploadedFile) {
  return { name, type, size: bytes.byteLength, last_modified: lastModified.getTime(), content: bytes };
}
