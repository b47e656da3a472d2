import { escapeLabel, type Figure } from "./figure";
import { checkLists, imageCount, inkLevels, levelGrid, type GridOptions, type Pixels } from "./pictureGrid";

/** Options of `heatGrid`. */
export interface HeatOptions extends GridOptions {
  /** Caption of each picture. */
  titles?: readonly string[];
}

/** Red, green and blue of full heat, and the share of it that covers the picture. */
const HOT = [214, 73, 42];
const COVER = 0.75;

/**
 * Pictures with heat laid over them: the warmer a pixel, the more of it is red. Default five in a row.
 *
 * @param images - [n, height, width] pixels as bytes 0 to 255 or floats 0 to 1
 * @param heat - [n, height, width], 0 none to 1 full, for instance from `gradCam`
 * @throws TypeError when the pixels are not whole images or the heat is of another size, RangeError when there are
 *   fewer titles than images
 */
export function heatGrid(images: Pixels, heat: ArrayLike<number>, options: HeatOptions = {}): Figure {
  const count = imageCount(images, options);
  if (heat.length !== images.length)
    throw new TypeError(`heatGrid(): ${heat.length} values of heat for ${images.length} pixels; give one for each`);
  const { titles } = options;
  checkLists({ titles }, count, "heatGrid()");
  const tiles = Array.from({ length: count }, (_, index) => {
    const title = titles ? escapeLabel(titles[index]) : "";
    return { lines: titles ? [title] : [], hover: title || `image ${index}` };
  });
  return levelGrid(heated(inkLevels(images), heat), tiles, { ...options, channels: 3 });
}

/** Grey levels mixed with red: [n, height, width, 3]. */
function heated(grey: Uint8Array, heat: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: 3 * grey.length }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const share = COVER * Math.min(Math.max(heat[pixel], 0), 1);
    return Math.round(grey[pixel] + share * (HOT[at % 3] - grey[pixel]));
  });
}
