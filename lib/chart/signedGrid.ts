import { escapeLabel, type Figure } from "./figure";
import { imageCount, levelGrid, type GridOptions } from "./pictureGrid";

/** Red, green and blue of the largest positive and of the largest negative number. */
const [POSITIVE, NEGATIVE] = [
  [214, 73, 42],
  [31, 128, 192],
];
const WHITE = 255;

/**
 * Small pictures of numbers with a sign, such as the filters of a convolution: red above zero, blue below, white at
 * zero. The largest number of all, whatever its sign, has the full colour. Default five in a row.
 *
 * @param values - [n, height, width]
 * @throws TypeError when they are not whole pictures
 */
export function signedGrid(values: Float32Array, options: GridOptions = {}): Figure {
  const count = imageCount(values, options);
  const most = values.reduce((largest: number, value: number) => Math.max(largest, Math.abs(value)), 0) || 1;
  const levels = Uint8Array.from({ length: 3 * values.length }, (_, at) => {
    const share = values[Math.floor(at / 3)] / most;
    const full = (share > 0 ? POSITIVE : NEGATIVE)[at % 3];
    return Math.round(WHITE + Math.abs(share) * (full - WHITE));
  });
  const title = escapeLabel(options.title ?? "");
  const tiles = Array.from({ length: count }, (_, index) => ({ lines: [], hover: `number ${index}` }));
  return levelGrid(levels, tiles, { ...options, title, channels: 3 });
}
