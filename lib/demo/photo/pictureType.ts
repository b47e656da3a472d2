import { Refused } from "../web/refused";

/** The kinds of picture files that are read. */
export type PictureType = "png" | "jpeg" | "webp" | "gif";

/** The kind of a picture file by its first bytes, whatever its name or label says; undefined for all others. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const text = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (/^RIFF.{4}WEBP/s.test(text)) return "webp";
  return /^GIF8[79]a/.test(text) ? "gif" : undefined;
}

/** The same. Throws a Refused with status 400 for an empty file, 415 for one of another kind. */
export function checkedType(bytes: Uint8Array): PictureType {
  if (bytes.length === 0) throw new Refused(400, "empty", "The picture is an empty file.");
  const type = pictureType(bytes);
  if (type) return type;
  throw new Refused(415, "wrong_type", "This is no PNG, JPEG, WebP or GIF file; other kinds are not read.");
}
