import sharp from "sharp";
import { LIMITS, type Limits } from "../web/limits";
import { Refused } from "../web/refused";
import type { Photo } from "./photo";
import { pictureType } from "./pictureType";

/** How a photo is decoded. */
export interface DecodeOptions extends Partial<Pick<Limits, "pixels" | "callTime">> {
  /** The longest edge of the result in pixels, default 640; larger photos are made smaller. */
  longest?: number;
}

/** The readers of libvips that are let at a stranger's bytes, by the library's own names. */
const READERS = ["Png", "Jpeg", "Webp", "Nsgif"].map((name) => `VipsForeignLoad${name}Buffer`);

/**
 * Decodes a PNG, JPEG, WebP or GIF file (its first frame): turned as its EXIF data says, see-through parts over white, colours as sRGB.
 * From the first call on, sharp reads no other kinds of files in this process.
 *
 * @throws Refused with status 415 for other files, 413 for too many pixels, 422 for a damaged one, 504 where it takes too long
 */
export async function decodePhoto(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Photo> {
  const { pixels = LIMITS.pixels, callTime = LIMITS.callTime, longest = 640 } = options;
  if (bytes.length === 0) throw new Refused(400, "empty", "The picture is an empty file.");
  if (!pictureType(bytes))
    throw new Refused(415, "wrong_type", "This is no PNG, JPEG, WebP or GIF file; other kinds are not read.");
  closeOtherReaders();
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: pixels, failOn: "error", pages: 1 })
      .timeout({ seconds: Math.max(1, Math.ceil(callTime / 1000)) })
      .rotate()
      .flatten({ background: "white" })
      .resize(longest, longest, { fit: "inside", withoutEnlargement: true, kernel: "linear" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: toThreeChannels(data, info.channels) };
  } catch (error) {
    throw refusal((error as Error).message, pixels);
  }
}

let closed = false;

/** One thread a picture: several are decoded side by side. */
function closeOtherReaders(): void {
  if (closed) return;
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: READERS });
  sharp.concurrency(1);
  sharp.cache(false);
  closed = true;
}

function toThreeChannels(data: Buffer, channels: number): Uint8Array {
  if (channels === 3) return data;
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = data[Math.floor(i / 3) * channels];
  return rgb;
}

function refusal(message: string, pixels: number): Refused {
  if (/pixel limit/.test(message))
    return new Refused(
      413,
      "too_many_pixels",
      `The picture has too many pixels; at most ${pixels / 1e6} million are read.`,
    );
  if (/timeout/.test(message)) return new Refused(504, "too_slow", "Decoding the picture took too long.");
  return new Refused(422, "damaged", "The picture cannot be decoded; the file is damaged or cut off.");
}
