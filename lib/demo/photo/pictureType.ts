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
