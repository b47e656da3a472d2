import { Refused } from "./refused";

/**
 * The picture file in a request's body: the body itself (image/… or application/octet-stream), the field `image` of a form, or the
 * `data:` address under `image` of a JSON object.
 *
 * @throws Refused with status 415 for other bodies, 400 where the picture is missing in it
 */
export async function pictureOf(body: Uint8Array, contentType = ""): Promise<Uint8Array> {
  const type = contentType.split(";")[0].trim().toLowerCase();
  if (type.startsWith("image/") || type === "application/octet-stream") return body;
  if (type === "multipart/form-data") return formPicture(body, contentType);
  if (type === "application/json") return fromDataURI((parseJSON(body) as { image?: unknown } | null)?.image);
  const wanted = 'a picture file (image/…), a form with a field "image" or JSON {"image": "data:image/…"}';
  throw new Refused(415, "wrong_type", `The content type is "${type}"; send ${wanted}.`);
}

/** Values in a JSON body, at most: to parse more would hold up everybody. */
const MOST_VALUES = 500_000;
/** Lists and objects in one another, at most. */
const DEEPEST = 200;

/** The value of a JSON body. Throws a Refused with status 400 for what is none, 413 for one of too many values. */
export function parseJSON(body: Uint8Array): unknown {
  checkSize(body);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refused(400, "no_json", "The body is not JSON.");
  }
}

/** The bytes of a `data:` address of a picture in base64. Throws a Refused with status 400 for anything else. */
export function fromDataURI(address: unknown): Uint8Array {
  const [, data] =
    (typeof address === "string" && /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s]*)$/.exec(address)) || [];
  if (data !== undefined) return Buffer.from(data, "base64");
  throw new Refused(400, "no_picture", '"image" is not a picture as a data: address in base64.');
}

async function formPicture(body: Uint8Array, contentType: string): Promise<Uint8Array> {
  const picture = (await parseForm(body, contentType)).get("image");
  if (picture instanceof Blob) return new Uint8Array(await picture.arrayBuffer());
  throw new Refused(400, "no_picture", 'The form has no file in a field "image".');
}

/** Bytes as what a Response takes: browsers and Node declare that differently, and cells know only Node's. */
export function toBody(bytes: string | Uint8Array): string {
  return bytes as string;
}

const [QUOTE, COMMA, BACKSLASH] = [...Buffer.from('",\\')];
const [OPENING, CLOSING] = [Buffer.from("[{"), Buffer.from("]}")];

/** Counts before anything is parsed; in a body that is no JSON it may count wrongly. */
function checkSize(body: Uint8Array): void {
  let [values, depth, inText] = [1, 0, false];
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (inText && byte === BACKSLASH) i++;
    else if (byte === QUOTE) inText = !inText;
    else if (inText) continue;
    else if (byte === COMMA) values++;
    else if (byte === OPENING[0] || byte === OPENING[1]) depth++;
    else if (byte === CLOSING[0] || byte === CLOSING[1]) depth--;
    if (values > MOST_VALUES)
      throw new Refused(413, "too_large", `The JSON has more than ${MOST_VALUES.toLocaleString("en")} values.`);
    if (depth > DEEPEST) throw new Refused(400, "too_deep", `The JSON is nested deeper than ${DEEPEST} levels.`);
  }
}

/** Parts of a form, at most. */
const MOST_PARTS = 1000;

/** The fields of a form. Throws a Refused with status 400 for what is none, 413 for too many. */
export async function parseForm(body: Uint8Array, contentType: string): Promise<FormData> {
  const [, boundary = ""] = /boundary="?([^";]+)/i.exec(contentType) ?? [];
  if (boundary && !hasAtMost(MOST_PARTS + 1, `--${boundary}`, body))
    throw new Refused(413, "too_large", `The form has more than ${MOST_PARTS} parts.`);
  try {
    return await new Response(toBody(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new Refused(400, "no_form", "The body is not a whole form (multipart/form-data).");
  }
}

/** Whether a text is found so many times at most. */
function hasAtMost(times: number, text: string, body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length))
    if (times-- === 0) return false;
  return true;
}
