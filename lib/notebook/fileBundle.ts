import type { Bundle } from "./display";

/** The bytes with which the files of each kind of picture begin; a dot stands for any byte. */
const BEGINNINGS: [string, RegExp, string][] = [
  ["PNG", /^\x89PNG\r\n/, "image/png"],
  ["JPEG", /^\xff\xd8\xff/, "image/jpeg"],
  ["GIF", /^GIF8[79]a/, "image/gif"],
  ["WebP", /^RIFF....WEBP/s, "image/webp"],
];

/** The types that every notebook shows by themselves; others are put into HTML. */
const EVERYWHERE = new Set(["image/png", "image/jpeg"]);

/** The bytes of a picture's file as that picture, or undefined for other bytes. */
export function fileBundle(bytes: Uint8Array): Bundle | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  const found = BEGINNINGS.find(([, beginning]) => beginning.test(start));
  if (!found) return undefined;
  const [kind, , type] = found;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  const text = `${kind} picture, ${bytes.length.toLocaleString("en")} bytes`;
  if (EVERYWHERE.has(type)) return { [type]: data, "text/plain": text };
  return { "text/html": `<img alt="${text}" src="data:${type};base64,${data}"/>`, "text/plain": text };
}

/** A text that is an SVG picture as that picture, or undefined for other texts. */
export function svgBundle(text: string): Bundle | undefined {
  if (!/^\s*(<\?xml[^>]*\?>\s*)?<svg[\s>][^]*<\/svg>\s*$/.test(text)) return undefined;
  return { "image/svg+xml": text, "text/plain": `SVG picture, ${text.length.toLocaleString("en")} characters` };
}
