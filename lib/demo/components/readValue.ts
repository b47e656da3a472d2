import { decodePhoto } from "../photo/decodePhoto";
import type { Files } from "../web/files";
import type { Limits } from "../web/limits";
import { fromDataURI } from "../web/bodies";
import { Refused } from "../web/refused";
import { defaultOf, type Input, labelOf } from "./component";

/** Where the values of inputs come from. */
export interface ReadContext {
  uploads: Files;
  limits: Limits;
  /** Whether a picture is given as its file and not decoded, default false. */
  takesFiles?: boolean;
}

/** What a function receives for what a client sent. Throws a Refused that names the input, what came and what is accepted. */
export async function readValue(input: Input, value: unknown, context: ReadContext): Promise<unknown> {
  if (input.type === "image") {
    const { longest } = input;
    const file = pictureBytes(input, value, context);
    return context.takesFiles ? file : decodePhoto(file, { ...context.limits, longest });
  }
  const given = value === undefined || value === null ? defaultOf(input) : value;
  const wanted = complaint(input, given);
  if (wanted === undefined) return given;
  throw wrongValue(`${labelOf(input)} is ${shown(given)}; ${wanted}.`);
}

/** What would have been accepted; undefined where the value is. */
function complaint(input: Exclude<Input, { type: "image" }>, value: unknown): string | undefined {
  switch (input.type) {
    case "text":
      return typeof value === "string" ? undefined : "it must be a text";
    case "checkbox":
      return typeof value === "boolean" ? undefined : "it must be true or false";
    case "dropdown":
      return input.choices.includes(value as string) ? undefined : `it must be one of ${input.choices.join(", ")}`;
    case "json":
      return undefined;
    default:
      return numberComplaint(input, value);
  }
}

function numberComplaint(input: Extract<Input, { type: "number" | "slider" }>, value: unknown): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = input;
  const whole = input.type === "number" && input.whole;
  const fits = typeof value === "number" && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  if (fits) return undefined;
  const bounds = [minimum > -Infinity && `from ${minimum}`, maximum < Infinity && `to ${maximum}`].filter(Boolean);
  return ["it must be a", whole ? "whole number" : "number", ...bounds].join(" ");
}

function pictureBytes(input: Input, value: unknown, { uploads, limits }: ReadContext): Uint8Array {
  const { path, url } = (typeof value === "string" ? { path: value } : (value ?? {})) as Record<string, unknown>;
  for (const address of [path, url])
    if (typeof address === "string" && address.startsWith("data:")) return fromDataURI(address);
  const file = typeof path === "string" ? uploads.get(path) : undefined;
  if (file) return file.bytes;
  if (value === null || value === undefined) throw wrongValue(`${labelOf(input)} is missing; send a picture.`);
  if (typeof path !== "string" && typeof url !== "string")
    throw wrongValue(`${labelOf(input)} did not arrive: it is not what an upload gives; ${atMost(limits)}.`);
  const cure = "upload the picture first; files are taken neither from other servers nor from this machine's disk";
  throw wrongValue(
    `${labelOf(input)} is ${shown(path ?? value)}, which was not uploaded here, or too long ago; ${cure}.`,
  );
}

/** Clients that pass over an upload that was refused send something else in its place. */
function atMost({ bodyBytes }: Limits): string {
  return `perhaps its upload was refused, as files of ${bodyBytes / 1e6} MB at most are accepted`;
}

function wrongValue(message: string): Refused {
  return new Refused(400, "wrong_value", message);
}

const SHOWN = 60;

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "something deeply nested";
  }
}

function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
