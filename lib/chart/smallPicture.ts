import sharp from "sharp";

const EFFORT = 2;

/**
 * Grey levels, 0 to 255 and row after row, as a small file, slightly blurred, in a `data:` address: AVIF of a quality from 1 to 100.
 *
 * @internal
 */
export async function smallPicture(levels: Uint8Array, width: number, quality: number): Promise<string> {
  const raw = sharp(levels, { raw: { width, height: levels.length / width, channels: 1 } });
  const avif = await raw.avif({ quality, effort: EFFORT }).toBuffer();
  return `data:image/avif;base64,${avif.toString("base64")}`;
}
