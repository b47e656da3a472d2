import sharp, { type Metadata } from "sharp";
import { LIMITS } from "../web/limits";
import { Refused } from "../web/refused";
import { newQueue } from "../work/queue";
import type { DecodeOptions } from "./decodeOptions";
import type { Photo } from "./photo";
import { damaged, tooManyPixels } from "./pictureRefusals";
import { checkedType } from "./pictureType";

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
  checkedType(bytes);
  closeOtherReaders();
  const picture = sharp(bytes, { limitInputPixels: pixels, failOn: "error", pages: 1 });
  const decode = async () => {
    const { data, info } = await picture
      .timeout({ seconds: Math.max(1, Math.ceil(callTime / 1000)) })
      .rotate()
      .flatten({ background: "white" })
      .resize(longest, longest, { fit: "inside", withoutEnlargement: true, kernel: "linear" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: toThreeChannels(data, info.channels) };
  };
  try {
    const held = bytes.length > SMALL_FILE ? wholeBytes(await picture.metadata(), pixels) : 0;
    if (held > BYTES_A_PIXEL * pixels) throw tooMuchAtOnce(held, BYTES_A_PIXEL * pixels);
    return await (held > LITTLE ? wholePictures.run(decode) : decode());
  } catch (error) {
    throw error instanceof Refused ? error : refusal((error as Error).message, pixels);
  }
}

/** Files of so many bytes hold no more than ten megabytes of picture: a byte of deflate gives a thousand at most. */
const SMALL_FILE = 8192;
/** Pictures that must be decoded as a whole may take so many bytes for each pixel of the limit. */
const BYTES_A_PIXEL = 4;
/** Whole pictures of more bytes are decoded one at a time. */
const LITTLE = 16_000_000;
const wholePictures = newQueue();

/** Bytes of a picture that cannot be made smaller row by row while it is read; 0 for others, and for too many pixels. */
function wholeBytes({ format, isProgressive, width, height, channels, depth }: Metadata, pixels: number): number {
  if ((!isProgressive && format !== "gif") || width * height > pixels) return 0;
  return width * height * channels * (depth === "ushort" ? 2 : 1);
}

function tooMuchAtOnce(bytes: number, most: number): Refused {
  const [needed, taken] = [bytes, most].map((size) => Number((size / 1e6).toPrecision(3)));
  return new Refused(
    413,
    "too_many_pixels",
    `The picture is interlaced, so all of it is decoded at once: that takes ${needed} MB, at most ${taken} are given; save it without interlacing.`,
  );
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
  if (/pixel limit/.test(message)) return tooManyPixels(pixels);
  if (/timeout/.test(message)) return new Refused(504, "too_slow", "Decoding the picture took too long.");
  return damaged();
}
