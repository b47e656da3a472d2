import { toBody } from "../web/bodies";
import { LIMITS } from "../web/limits";
import type { DecodeOptions } from "./decodeOptions";
import type { Photo } from "./photo";
import { damaged, tooManyPixels } from "./pictureRefusals";
import { checkedType } from "./pictureType";

// In place of `decodePhoto.ts` in a browser tab, which decodes pictures itself: turned as their EXIF data says, colours as sRGB.

/** Decodes as `decodePhoto.ts` does; a picture that is made smaller is averaged in the browser's own way. */
export async function decodePhoto(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Photo> {
  const { pixels = LIMITS.pixels, longest = 640 } = options;
  const file = new Blob([toBody(bytes)], { type: `image/${checkedType(bytes)}` });
  const whole = await browser.createImageBitmap(file).catch(() => {
    throw damaged();
  });
  try {
    if (whole.width * whole.height > pixels) throw tooManyPixels(pixels);
    return drawn(whole, Math.min(1, longest / Math.max(whole.width, whole.height)));
  } finally {
    whole.close();
  }
}

/** On white, as many times as large. */
function drawn(whole: Bitmap, scale: number): Photo {
  const [width, height] = [whole.width, whole.height].map((edge) => Math.max(1, Math.round(edge * scale)));
  const context = new browser.OffscreenCanvas(width, height).getContext("2d");
  Object.assign(context, { fillStyle: "white", imageSmoothingQuality: "high" });
  context.fillRect(0, 0, width, height);
  context.drawImage(whole, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const rgb = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < rgb.length; from++) if (from % 4 < 3) rgb[to++] = data[from];
  return { width, height, rgb };
}

interface Bitmap {
  width: number;
  height: number;
  close(): void;
}

interface Context {
  fillRect(left: number, top: number, width: number, height: number): void;
  drawImage(picture: Bitmap, left: number, top: number, width: number, height: number): void;
  getImageData(left: number, top: number, width: number, height: number): { data: Uint8ClampedArray };
}

/** What a browser has for pictures; cells are checked without its types. */
const browser = globalThis as unknown as {
  createImageBitmap(file: Blob): Promise<Bitmap>;
  OffscreenCanvas: new (width: number, height: number) => { getContext(kind: "2d"): Context };
};
