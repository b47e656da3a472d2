import { encodePNG, toDataURI } from "../chart/png";
import type { NumberSummary } from "./summarizeNumbers";

/** Pictures one after the other, row after row. */
export interface PictureShape {
  width: number;
  height: number;
  /** Numbers of a pixel: 1 grey, 3 red, green and blue. */
  channels: 1 | 3;
}

const MOST_PICTURES = 8;
const MOST_LEVELS = 2 ** 20; // of all pictures together, but for the first
const LEAST_SIZE = 84; // pixels of the screen

/**
 * The first pictures of many numbers as HTML, or nothing where these are no levels: all from 0 to 1, or from 0 to 255.
 * 0 is black.
 */
export function picturesHTML(
  values: ArrayLike<number>,
  { width, height, channels }: PictureShape,
  { min, max, notFinite }: Pick<NumberSummary, "min" | "max" | "notFinite">,
): string {
  if (!(min >= 0 && max <= 255) || notFinite > 0) return "";
  const size = width * height * channels;
  const full = max > 1 ? 255 : 1;
  const room = Math.max(1, Math.floor(MOST_LEVELS / size));
  const shown = Math.min(MOST_PICTURES, room, Math.floor(values.length / size));
  const pictures = Array.from({ length: shown }, (_, index) => {
    const level = (_: unknown, at: number) => Math.round((Number(values[index * size + at]) / full) * 255);
    const png = encodePNG(Uint8Array.from({ length: size }, level), width, { channels });
    const alt = `Picture ${index} of ${width} x ${height}`;
    return `<img alt="${alt}" src="${toDataURI(png)}" style="${STYLE};width:${Math.max(width, LEAST_SIZE)}px"/>`;
  });
  return `<div style="margin:6px 0">${pictures.join(" ")}</div>`;
}

const STYLE = "image-rendering:pixelated;border:1px solid rgba(128,137,150,.5);max-width:100%";
